import { useTranslation } from 'react-i18next';
import type { CustomerId } from '../../schema/ids.ts';
import { money } from '../../schema/money.ts';
import { useDevice } from '../app/contexts.ts';
import { useFormat } from '../app/use-format.ts';
import { useLive } from '../app/use-live.ts';
import { useNow } from '../app/use-now.ts';
import styles from './account-row.module.css';

const NOW_REFRESH_MS = 60_000;

/** What a customer owes as far as this device knows: as of when, and without which tills. */
export function AccountText({ customer }: { customer: { readonly id: CustomerId; readonly name: string } }) {
  const { t } = useTranslation();
  const format = useFormat();
  const device = useDevice();
  useLive(device.stock.version);
  const { lastSyncAt } = useLive(device.sync.status);
  const silent = useLive(device.office.silent);
  const now = useNow(NOW_REFRESH_MS);
  const owed = device.payments.owes(customer.id);
  const tills = silent.map(({ device: doc }) => doc.till).join(', ');
  const amount = format.money(owed < 0 ? money(-owed) : owed);
  return (
    <p className={styles.text} data-testid="account-text">
      {t(owed < 0 ? 'pay.accountHas' : 'pay.accountOwes', { name: customer.name, amount })}
      {lastSyncAt !== null && `, ${t('pay.accountAsOf', { when: format.moment(lastSyncAt, now) })}`}
      {tills !== '' && `, ${t('pay.accountWithout', { tills })}`}
    </p>
  );
}

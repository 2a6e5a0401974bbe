import { UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Refund, Sale } from '../../schema/entry/sale.ts';
import { useDevice } from '../app/contexts.ts';
import { useFormat } from '../app/use-format.ts';
import { useLive } from '../app/use-live.ts';
import { useNow } from '../app/use-now.ts';
import styles from './receipt-row.module.css';
import { ReceiptSafety } from './receipt-safety.tsx';

/** One minute: the row shows a day or a time, no age. */
const NOW_REFRESH_MS = 60_000;

/** One receipt in the list. */
export function ReceiptRow({ entry, onOpen }: { entry: Sale | Refund; onOpen: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow(NOW_REFRESH_MS);
  const people = useLive(useDevice().company.people);
  const name = people.find((one) => one.person === entry.person)?.name ?? entry.person;
  const refund = entry.kind === 'refund';
  const due = format.money(entry.body.totals.due);
  return (
    <li>
      <UnstyledButton
        className={styles.row}
        onClick={onOpen}
        data-testid="receipt-row"
        data-receipt={entry.body.receipt}
      >
        <span className={`${styles.receipt} num`}>{entry.body.receipt}</span>
        <span className={`${styles.facts} num`}>
          {format.moment(entry.at, now)} · {name}
          {refund && <b className={styles.refund}>{t('goods.receipts.refund')}</b>}
        </span>
        <span className={styles.safety}>
          <ReceiptSafety id={entry.id} />
        </span>
        <span className={`${styles.total} num`}>{refund ? `−${due}` : due}</span>
      </UnstyledButton>
    </li>
  );
}

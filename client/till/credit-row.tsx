import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CustomerDoc } from '../../schema/company.ts';
import { type Money, money } from '../../schema/money.ts';
import { useDevice } from '../app/contexts.ts';
import { useFormat } from '../app/use-format.ts';
import { useLive } from '../app/use-live.ts';
import styles from './account-row.module.css';
import { AccountText } from './account-text.tsx';

/** One customer's account: what is owed, since when known, at which tills it came about, and the way to pay it back. */
export function CreditRow({ customer, onPayBack }: { customer: CustomerDoc; onPayBack: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { customer: id, name, creditLimit } = customer;
  return (
    <li className={`${styles.row} ${styles.two}`} data-testid="credit-row" data-customer={id}>
      <div className={styles.name}>
        <AccountText customer={{ id, name }} />
        {creditLimit !== undefined && <small>{t('pay.credit.limit', { amount: format.money(creditLimit) })}</small>}
        <WhyOwed customer={customer} />
      </div>
      <Button onClick={onPayBack} data-testid="pay-back">
        {t('pay.credit.back')}
      </Button>
    </li>
  );
}

/** The account explains itself like stock does: per till what went onto it and what came off. */
function WhyOwed({ customer }: { customer: CustomerDoc }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { company, payments } = useDevice();
  const devices = useLive(company.devices);
  const { parts, base } = payments.explainAccount(customer.customer);
  const tillOf = (deviceId: string) => devices.find((doc) => doc.device === deviceId)?.till ?? deviceId;
  return (
    <>
      {parts.map(({ deviceId, in: back, out }) => (
        <small key={deviceId} className="num">
          {t('pay.credit.why', {
            out: format.money(out as Money),
            in: format.money(back as Money),
            till: tillOf(deviceId),
          })}
        </small>
      ))}
      {base !== 0 && (
        <small className="num">
          {format.money(money(-base))} {t('pay.credit.base')}
        </small>
      )}
    </>
  );
}

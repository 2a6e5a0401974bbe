import { Button } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Payment } from '../../schema/entry/payment.ts';
import { ZERO } from '../../schema/money.ts';
import { useFormat } from '../app/use-format.ts';
import styles from './pay-dialog.module.css';
import type { Bill } from './use-bill.ts';
import type { PaymentFlow } from './use-payment.ts';
import { useTenderText } from './use-tender-text.ts';

/** What is due; after the first part also what was taken, each with the way back, and what is left. */
export function PaySums({ payment, bill }: { payment: PaymentFlow; bill: Bill }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { taken } = payment;
  return (
    <div className={styles.sums}>
      <p className={taken.length === 0 ? styles.due : styles.total}>
        {t('till.pay.due')} <strong className="num">{format.money(bill.total)}</strong>
      </p>
      {taken.length > 0 && (
        <>
          <ul className={styles.taken} aria-label={t('pay.taken')} data-testid="pay-taken">
            {taken.map((one, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two payments may be alike; their places are what they are.
              <TakenRow key={index} payment={one} onGiveBack={() => void payment.giveBack(index)} />
            ))}
          </ul>
          <p className={styles.due} data-testid="pay-left">
            {t('pay.left')} <strong className="num">{format.money(bill.left < 0 ? ZERO : bill.left)}</strong>
          </p>
        </>
      )}
    </div>
  );
}

function TakenRow({ payment, onGiveBack }: { payment: Payment; onGiveBack: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const text = useTenderText()(payment);
  return (
    <li className={styles.row}>
      <span>{text}</span>
      <strong className="num">{format.money(payment.amount)}</strong>
      <Button
        variant="default"
        leftSection={<IconArrowBackUp size={18} aria-hidden="true" />}
        onClick={onGiveBack}
        aria-label={t('pay.giveBackOne', { amount: format.money(payment.amount), tender: text })}
        data-testid="give-back"
      >
        {t('pay.giveBack')}
      </Button>
    </li>
  );
}

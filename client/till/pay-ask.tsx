import { Button } from '@mantine/core';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useDevice } from '../app/contexts.ts';
import { useFormat } from '../app/use-format.ts';
import { AmountField, usePartAmount } from './pay-amount.tsx';
import styles from './pay-dialog.module.css';
import { paymentReference } from './payment-reference.ts';
import type { Bill } from './use-bill.ts';
import type { PaymentFlow } from './use-payment.ts';

interface PayAskProps {
  readonly payment: PaymentFlow;
  readonly bill: Bill;
  readonly tender: 'card' | 'qris';
}

/** How much the terminal or the customer's phone is asked for. That it was asked is on disk before it is. */
export function PayAsk({ payment, bill, tender }: PayAskProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { till } = useDevice().identity;
  const part = usePartAmount(payment, bill);
  const ask = (event: FormEvent) => {
    event.preventDefault();
    if (part.amount === null || payment.cart === null) return;
    const reference = tender === 'qris' ? paymentReference(till, payment.cart.cartId, payment.taken.length + 1) : '';
    void payment.begin({ tender, amount: part.amount, reference });
  };
  return (
    <form className={styles.form} onSubmit={ask} noValidate>
      <AmountField part={part} bill={bill} />
      <p className={styles.soft}>{t(`pay.${tender}Help`)}</p>
      <Button type="submit" size="xl" fullWidth disabled={part.amount === null} data-testid="ask-pay">
        {t(`pay.${tender}Ask`, { amount: part.amount === null ? '' : format.money(part.amount) })}
      </Button>
    </form>
  );
}

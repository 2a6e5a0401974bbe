import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Money } from '../../schema/money.ts';
import { useFormat } from '../app/use-format.ts';
import { PAYMENTS_MAX } from '../device/sell-check.ts';
import { useQuietField } from '../ui/use-quiet-field.ts';
import styles from './pay-dialog.module.css';
import type { Bill } from './use-bill.ts';
import type { PaymentFlow } from './use-payment.ts';

/** How much is paid by a tender that gives no change: all that is left, or a part of it. */
export interface PartAmount {
  readonly typed: string;
  readonly setTyped: (typed: string) => void;
  /** Null while it is none that can be paid. */
  readonly amount: Money | null;
}

export function usePartAmount({ taken }: PaymentFlow, { left }: Bill): PartAmount {
  const format = useFormat();
  const [typed, setTyped] = useState(() => format.typed(left));
  const parsed = format.parseMoney(typed);
  const isLast = taken.length + 1 >= PAYMENTS_MAX;
  const isPayable = parsed !== null && parsed > 0 && parsed <= left && !(isLast && parsed < left);
  return { typed, setTyped, amount: isPayable ? parsed : null };
}

/** The field of it. */
export function AmountField({ part, bill }: { part: PartAmount; bill: Bill }) {
  const { t } = useTranslation();
  const format = useFormat();
  const quiet = useQuietField(format.currency.digits === 0 ? 'numeric' : 'decimal');
  return (
    <TextInput
      label={t('pay.amount')}
      value={part.typed}
      onChange={(event) => part.setTyped(format.grouped(event.currentTarget, part.typed))}
      onFocus={(event) => event.currentTarget.select()}
      {...quiet}
      autoComplete="off"
      size="xl"
      classNames={{ input: styles.input ?? '' }}
      error={part.amount === null ? t('pay.badAmount', { amount: format.money(bill.left) }) : null}
      autoFocus
      data-testid="part-amount"
    />
  );
}

import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Refund } from '../../schema/entry/sale.ts';
import { type Cart, payExactly } from '../../schema/receipt.ts';
import { useDevice } from '../app/contexts.ts';
import { useFormat } from '../app/use-format.ts';
import type { RefundDraft } from '../device/device.ts';
import styles from './refund-form.module.css';
import { useFaultText } from './use-fault-text.ts';
import { usePriced } from './use-priced.ts';

interface RefundFootProps {
  readonly cart: Cart;
  readonly original?: NonNullable<RefundDraft['original']>;
  readonly onDone: (refund: Refund) => void;
}

/** Why it comes back, how much money that is, and the writing of it. */
export function RefundFoot({ cart, original, onDone }: RefundFootProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { till } = useDevice();
  const faultText = useFaultText();
  const [reason, setReason] = useState('');
  const [asked, setAsked] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const due = usePriced(cart)?.totals.due ?? null;
  const empty = cart.lines.length === 0 || due === null;
  const write = async (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (reason.trim() === '' || empty) return;
    const answer = await till.refund({
      cart,
      payments: [payExactly('cash', due)],
      reason: reason.trim(),
      ...(original ? { original } : {}),
    });
    if (answer.ok) onDone(answer.value);
    else setFault(faultText(answer.error));
  };
  return (
    <form className={styles.root} onSubmit={(event) => void write(event)} noValidate>
      <TextInput
        label={t('goods.refund.reason')}
        placeholder={t('goods.refund.reasonHint')}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        maxLength={200}
        error={asked && reason.trim() === '' ? t('goods.refund.needReason') : null}
        data-testid="refund-reason"
      />
      {fault && (
        <p className={styles.fault} role="alert">
          {fault}
        </p>
      )}
      <Button type="submit" size="xl" disabled={empty} data-testid="refund-confirm">
        {empty ? t('goods.refund.nothing') : t('goods.refund.give', { amount: format.money(due) })}
      </Button>
    </form>
  );
}

import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CustomerDoc } from '../../schema/company.ts';
import type { Payment } from '../../schema/entry/payment.ts';
import { useDevice } from '../app/contexts.ts';
import { useSay } from '../app/messages.tsx';
import { useFormat } from '../app/use-format.ts';
import { useLive } from '../app/use-live.ts';
import type { BegunPayment } from '../device/payments.ts';
import { useFaultText } from './use-fault-text.ts';
import type { AskedFlow } from './use-payment.ts';

/** Somebody who pays store credit back. */
export type Debtor = Pick<CustomerDoc, 'customer' | 'name'>;

export interface PayBackFlow extends AskedFlow {
  /** What a terminal or phone was asked for this customer's debt, and nobody has said yet whether it paid. */
  readonly begun: BegunPayment | null;
  readonly fault: string | null;
}

/** Takes what a customer pays back: a terminal or phone is asked when that is on disk, and the entry ends it. */
export function usePayBack({ customer, name }: Debtor, onDone: () => void): PayBackFlow {
  const { t } = useTranslation();
  const format = useFormat();
  const { payments } = useDevice();
  const say = useSay();
  const textOf = useFaultText();
  const asked = useLive(payments.payingBack);
  const begun = asked?.customer === customer ? asked.begun : null;
  const [fault, setFault] = useState<string | null>(null);
  const [isWriting, setWriting] = useState(false);
  const keep = (next: BegunPayment | null) =>
    payments.keepPayingBack(next && { customer, name, begun: next }).then(
      () => true,
      () => false,
    );
  return {
    ...{ begun, fault, step: isWriting ? 'writing' : 'asking' },
    begin: async (next) => {
      if (await keep(next)) return setFault(null);
      // Before any money moves: what cannot be noted is not asked for.
      if (next !== null) await keep(null);
      setFault(textOf({ code: 'not-written' }));
    },
    take: async (payment: Payment) => {
      if (isWriting) return;
      setWriting(true);
      // The reference tells after a crash that this very payment was written.
      const named = begun ? { ...payment, reference: begun.reference } : payment;
      const answer = await payments.payBack({ customer, name, payment: named });
      setWriting(false);
      setFault(answer.ok ? null : textOf(answer.error));
      if (!answer.ok) return;
      say({ tone: 'info', text: t('pay.credit.done', { name, amount: format.money(payment.amount) }) });
      onDone();
    },
  };
}

import type { BegunPayment } from '../device/payments.ts';
import { PayCard } from './pay-card.tsx';
import { PayQris } from './pay-qris.tsx';
import type { AskedFlow } from './use-payment.ts';

/** A terminal or phone was asked, now or before a restart: did it pay? */
export function PayBegun({ payment, begun }: { payment: AskedFlow; begun: BegunPayment }) {
  const Form = begun.tender === 'card' ? PayCard : PayQris;
  return <Form payment={payment} begun={begun} />;
}

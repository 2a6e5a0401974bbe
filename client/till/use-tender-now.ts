import type { Tender } from '../../schema/entry/payment.ts';
import type { Sale } from '../../schema/entry/sale.ts';
import { useDevice } from '../app/contexts.ts';
import { useLive } from '../app/use-live.ts';

/** How a payment of a sale was really paid, as far as is known now: its tender, or what the last correction says. */
export function useTenderNow(sale: Sale, index: number): Tender {
  const { payments } = useDevice();
  useLive(payments.version);
  const last = payments.corrections(sale.id).findLast(({ payment }) => payment === index);
  return last?.to ?? sale.body.payments[index]?.tender ?? 'cash';
}

import type { Payment, Tender } from '../../schema/entry/payment.ts';
import type { EntryId } from '../../schema/ids.ts';
import { useDevice } from '../app/contexts.ts';
import { useLive } from '../app/use-live.ts';

/** What was paid by one entry. */
interface Paid {
  readonly id: EntryId;
  readonly payments: readonly Payment[];
}

/** How a payment was really paid, as far as is known now: its tender, or what the last correction says. */
export function useTenderNow({ id, payments: paid }: Paid, index: number): Tender {
  const { payments } = useDevice();
  useLive(payments.version);
  const last = payments.corrections(id).findLast(({ payment }) => payment === index);
  return last?.to ?? paid[index]?.tender ?? 'cash';
}

import type { Payment } from '../../schema/entry/payment.ts';
import { useDevice } from '../app/contexts.ts';
import { useLive } from '../app/use-live.ts';
import type { BegunPayment, TakenPayments } from '../device/payments.ts';
import type { PaidCart } from './paid-cart.ts';

/** What was taken for one cart so far, and the way to note more of it on disk. */
export interface Taken {
  readonly payments: readonly Payment[];
  readonly begun: BegunPayment | null;
  /** False where the disk did not take it; it is remembered in memory all the same. */
  keep(next: Partial<TakenPayments>): Promise<boolean>;
  /** The sale is on disk and ends what was taken. */
  end(): void;
}

export function useTaken(paid: PaidCart | null): Taken {
  const { payments } = useDevice();
  const kept = useLive(payments.taken);
  const own = kept?.cart.cartId === paid?.cart.cartId ? kept : null;
  const [taken, begun] = [own?.payments ?? NONE, own?.begun ?? null];
  return {
    payments: taken,
    begun,
    keep: async (next) => {
      if (paid === null) return false;
      const whole = { ...paid, payments: taken, begun, ...next };
      const isEmpty = whole.payments.length === 0 && whole.begun === null;
      return payments.keepTaken(isEmpty ? null : whole).then(
        () => true,
        () => false,
      );
    },
    // A vault that fails does not undo the sale.
    end: () => void (own && payments.keepTaken(null).catch(() => undefined)),
  };
}

const NONE: readonly Payment[] = [];

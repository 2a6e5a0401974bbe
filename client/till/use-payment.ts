import { useState } from 'react';
import type { Payment } from '../../schema/entry/payment.ts';
import type { Sale } from '../../schema/entry/sale.ts';
import type { EntryId } from '../../schema/ids.ts';
import type { Cart } from '../../schema/receipt.ts';
import { useBusy } from '../app/busy.ts';
import { useCart, useDevice } from '../app/contexts.ts';
import { useSay } from '../app/messages.tsx';
import { useLive } from '../app/use-live.ts';
import type { BegunPayment, TakenPayments } from '../device/payments.ts';
import { type Bill, useBill } from './use-bill.ts';
import { useSellFault } from './use-sell-fault.ts';

/** Paying: closed, asking for the money, writing the sale, sold. */
export interface PaymentFlow {
  readonly step: 'closed' | 'asking' | 'writing' | 'sold';
  readonly cart: Cart | null;
  readonly bill: Bill | null;
  /** What was taken for this cart so far. */
  readonly taken: readonly Payment[];
  /** What a terminal or a phone was asked for, and nobody has said yet whether it paid. */
  readonly begun: BegunPayment | null;
  readonly sold: Sale | null;
  /** Why it cannot go on, and what to do; null when it can. */
  readonly fault: string | null;
  start(): void;
  /** Goes on with what was taken, for the open cart or another. */
  resume(): void;
  /** Notes on disk that a terminal or phone is asked now, or (null) that it did not pay. */
  begin(begun: BegunPayment | null): Promise<void>;
  /** Money was taken, perhaps with somebody's leave: the sale is written when that settles it. */
  take(payment: Payment, approval?: EntryId | null): Promise<void>;
  /** Writes the sale of what is settled. */
  finish(): Promise<void>;
  /** One of the payments taken went back to the customer. */
  giveBack(index: number): Promise<void>;
  close(): void;
}

/** Takes the cart through payment. Everything that could refuse it is asked before the money is. */
export function usePayment(): PaymentFlow {
  const { till, payments, promotions } = useDevice();
  const open = useCart();
  const say = useSay();
  const kept = useLive(payments.taken);
  const [paid, setPaid] = useState<Pick<TakenPayments, 'cart' | 'open'> | null>(null);
  const [step, setStep] = useState<PaymentFlow['step']>('closed');
  const [sold, setSold] = useState<Sale | null>(null);
  const { fault, refuse } = useSellFault();
  useBusy(step === 'asking' || step === 'writing');
  const cart = paid?.cart ?? null;
  const isKept = kept !== null && kept.cart.cartId === cart?.cartId;
  const taken = isKept ? kept.payments : [];
  const begun = isKept ? kept.begun : null;
  const bill = useBill(cart, taken);
  const ask = (next: Pick<TakenPayments, 'cart' | 'open'>) => {
    const found = till.check(next.cart);
    refuse(found);
    if (found) return;
    say(null);
    setPaid(next);
    setStep('asking');
  };
  const askOpen = () => {
    const now = open.cart.get();
    ask({ cart: promotions.apply(now), open: now });
  };
  const resume = () => {
    if (kept === null) return;
    // A cart that was changed since is paid as it is now; otherwise at what was due when money was taken.
    const now = open.cart.get();
    const isChanged = now.cartId === kept.cart.cartId && JSON.stringify(now) !== JSON.stringify(kept.open);
    if (isChanged) ask({ cart: { ...promotions.apply(now), approvals: kept.cart.approvals ?? [] }, open: now });
    else ask(kept);
  };
  const start = () => (kept !== null && kept.cart.cartId === open.cart.get().cartId ? resume() : askOpen());
  /** False where the disk did not take it; it is remembered in memory all the same. */
  const keep = async (next: Partial<TakenPayments>): Promise<boolean> => {
    if (paid === null) return false;
    const whole = { ...paid, payments: taken, begun, ...next };
    const isEmpty = whole.payments.length === 0 && whole.begun === null;
    return payments.keepTaken(isEmpty ? null : whole).then(
      () => true,
      () => false,
    );
  };
  const write = async (cart: Cart, all: readonly Payment[]) => {
    setStep('writing');
    const answer = await till.sell(cart, all);
    refuse(answer.ok ? null : answer.error);
    if (!answer.ok) {
      await keep({ cart, payments: all, begun: null });
      return setStep('asking');
    }
    // The sale is on disk and ends what was taken; a vault that fails does not undo it.
    if (isKept) payments.keepTaken(null).catch(() => undefined);
    if (open.cart.get().cartId === cart.cartId) open.renew();
    setSold(answer.value);
    setStep('sold');
  };
  const take = async (payment: Payment, approval: EntryId | null = null) => {
    if (paid === null || bill === null || step !== 'asking') return;
    const all = [...taken, payment];
    const next = approval === null ? paid : { ...paid, cart: allowed(paid.cart, approval) };
    setPaid(next);
    if (bill.isSettledBy(all)) return write(next.cart, all);
    refuse(null);
    await keep({ ...next, payments: all, begun: null });
  };
  return {
    step,
    cart,
    bill,
    taken,
    begun,
    sold,
    fault,
    start,
    resume,
    begin: async (next) => {
      // Before any money moves: what cannot be noted is not asked for.
      if (!(await keep({ begun: next })) && next !== null) refuse({ code: 'not-written' });
    },
    take,
    finish: async () => void (paid && (await write(paid.cart, taken))),
    giveBack: async (index) => void (await keep({ payments: taken.filter((_, place) => place !== index) })),
    close: () => {
      setPaid(null);
      setSold(null);
      setStep('closed');
      refuse(null);
    },
  };
}

function allowed(cart: Cart, approval: EntryId): Cart {
  return { ...cart, approvals: [...(cart.approvals ?? []), approval] };
}

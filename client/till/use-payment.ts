import { useRef, useState } from 'react';
import type { Payment } from '../../schema/entry/payment.ts';
import type { Sale } from '../../schema/entry/sale.ts';
import type { EntryId } from '../../schema/ids.ts';
import type { Cart } from '../../schema/receipt.ts';
import { useBusy } from '../app/busy.ts';
import { useCart, useDeps, useDevice } from '../app/contexts.ts';
import { holdFocus } from '../app/hold-focus.ts';
import { useSay } from '../app/messages.tsx';
import type { SellFault } from '../device/device.ts';
import type { BegunPayment, TakenPayments } from '../device/payments.ts';
import { type PaidCart, resumedCart, withApproval } from './paid-cart.ts';
import { type Bill, useBill } from './use-bill.ts';
import { useMissingLeave } from './use-missing-leave.ts';
import { useSellFault } from './use-sell-fault.ts';
import { useTaken } from './use-taken.ts';

/** What the questions to a terminal or phone are answered with. */
export type AskedFlow = Pick<PaymentFlow, 'step' | 'take' | 'begin'>;

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
  /** Leaves the payment for the window in which the cart's customer is chosen. */
  chooseCustomer(): void;
}

/** Takes the cart through payment. Everything that could refuse it is asked before the money is. */
export function usePayment(askCustomer: () => void): PaymentFlow {
  const { till, active } = useDevice();
  const open = useCart();
  const [step, setStep] = useState<PaymentFlow['step']>('closed');
  const [sold, setSold] = useState<Sale | null>(null);
  const { fault, refuse } = useSellFault();
  const giveFocusBack = useRef(() => {});
  const { paid, setPaid, start, resume } = usePaidCart(refuse, () => {
    giveFocusBack.current = holdFocus();
    setStep('asking');
  });
  const taken = useTaken(paid);
  const bill = useBill(paid?.cart ?? null, taken.payments);
  useBusy(step === 'asking' || step === 'writing');
  const sell = useSell(() => setStep('writing'));
  const write = async ({ cart }: PaidCart, payments: readonly Payment[]) => {
    const answer = await sell(cart, payments);
    if (answer === null) return;
    refuse(answer.ok ? null : answer.error);
    if (!answer.ok) {
      await taken.keep({ cart, payments, begun: null });
      return setStep('asking');
    }
    taken.end();
    if (open.cart.get().cartId === cart.cartId) open.renew();
    setSold(answer.value);
    setStep('sold');
  };
  const close = () => {
    setPaid(null);
    setSold(null);
    setStep('closed');
    refuse(null);
    giveFocusBack.current();
  };
  /** With everything given back, a cart that may not be paid is not asked for again. */
  const keepLess = async (next: Pick<TakenPayments, 'payments'> | Pick<TakenPayments, 'begun'>) => {
    const { payments, begun } = { ...taken, ...next };
    await taken.keep(next);
    if (payments.length === 0 && begun === null && paid && till.check(paid.cart)) close();
  };
  return {
    ...{ step, cart: paid?.cart ?? null, bill, taken: taken.payments, begun: taken.begun, sold, fault, start, resume },
    begin: async (begun) => {
      if (begun === null) return keepLess({ begun });
      if (await taken.keep({ begun })) return;
      // Before any money moves: what cannot be noted is not asked for.
      await taken.keep({ begun: null });
      refuse({ code: 'not-written' });
    },
    take: async (payment, approval = null) => {
      if (paid === null || bill === null || step !== 'asking') return;
      const payments = [...taken.payments, payment];
      const next = withApproval(paid, approval);
      // Begun before anything is drawn: the money is there.
      const writing = bill.isSettledBy(payments) ? write(next, payments) : null;
      if (next !== paid) setPaid(next);
      if (writing) return writing;
      const kept = await taken.keep({ ...next, payments, begun: null });
      // What the disk fails to take is remembered here; what another tab holds now is asked there.
      refuse(kept || active.get() ? null : { code: 'not-active' });
    },
    finish: async () => void (paid && (await write(paid, taken.payments))),
    giveBack: (index) => keepLess({ payments: taken.payments.filter((_, place) => place !== index) }),
    close,
    chooseCustomer: () => {
      close();
      askCustomer();
    },
  };
}

/** A disk that takes longer, in milliseconds, is said to be writing; most are done before that could be drawn. */
const SLOW_AFTER_MS = 100;

/** Writes one sale at a time; null for a second touch while the first one's is written. */
function useSell(onSlow: () => void) {
  const { till } = useDevice();
  const { clock } = useDeps();
  const isWriting = useRef(false);
  return async (cart: Cart, payments: readonly Payment[]) => {
    if (isWriting.current) return null;
    isWriting.current = true;
    const stop = clock.every(SLOW_AFTER_MS, onSlow);
    try {
      return await till.sell(cart, payments);
    } finally {
      stop();
      isWriting.current = false;
    }
  };
}

/** With these nothing more is taken, but what was taken must be there to be given back; everything else is put right in the cart. */
const GIVEN_BACK_FOR = ['cart-paid-elsewhere', 'cart-sold', 'empty-cart', 'no-room', 'not-approved'] as const;

/** Which cart is paid: the open one, or first one for which money was taken already. */
function usePaidCart(refuse: (fault: SellFault | null) => void, onAsked: () => void) {
  const { till, payments, promotions } = useDevice();
  const open = useCart();
  const say = useSay();
  const [paid, setPaid] = useState<PaidCart | null>(null);
  const askLeave = useMissingLeave();
  const ask = async (wanted: PaidCart, shownAllTheSame: readonly SellFault['code'][] = []) => {
    const next = till.check(wanted.cart)?.code === 'not-approved' ? await askLeave(wanted) : wanted;
    const found = till.check(next.cart);
    refuse(found);
    if (found && !shownAllTheSame.includes(found.code)) return;
    say(null);
    setPaid(next);
    onAsked();
  };
  const resume = () => {
    const kept = payments.taken.get();
    if (kept !== null) void ask(resumedCart(kept, open.cart.get(), promotions.apply), GIVEN_BACK_FOR);
  };
  const start = () => {
    const now = open.cart.get();
    if (payments.taken.get() === null) void ask({ cart: promotions.apply(now), open: now });
    else resume();
  };
  return { paid, setPaid, start, resume };
}

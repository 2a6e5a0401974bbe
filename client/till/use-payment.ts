import { useState } from 'react';
import type { Sale } from '../../schema/entry/sale.ts';
import type { Money } from '../../schema/money.ts';
import { type Cart, payCash } from '../../schema/receipt.ts';
import { useBusy } from '../app/busy.ts';
import { useCart, useDevice } from '../app/contexts.ts';
import { useSay } from '../app/messages.tsx';
import type { SellFault } from '../device/device.ts';
import { useFaultText } from './use-fault-text.ts';
import { usePriced } from './use-priced.ts';

/** Paying: closed, asking for the money, writing the sale, sold. */
export interface Payment {
  readonly step: 'closed' | 'asking' | 'writing' | 'sold';
  readonly due: Money | null;
  readonly sold: Sale | null;
  /** Why it cannot go on, and what to do; null when it can. */
  readonly fault: string | null;
  start(): void;
  confirm(given: Money): Promise<void>;
  close(): void;
}

/** Takes the cart through payment. Everything that could refuse it is asked before the money is. */
export function usePayment(): Payment {
  const { till } = useDevice();
  const open = useCart();
  const say = useSay();
  const [cart, setCart] = useState<Cart | null>(null);
  const [step, setStep] = useState<Payment['step']>('closed');
  const [sold, setSold] = useState<Sale | null>(null);
  const { fault, refuse } = useFault();
  useBusy(step === 'asking' || step === 'writing');
  const due = usePriced(cart ?? { ...open.cart.get(), lines: [] })?.totals.due ?? null;
  const start = () => {
    const now = open.cart.get();
    const found = till.check(now);
    refuse(found);
    if (found) return;
    say(null);
    setCart(now);
    setStep('asking');
  };
  const confirm = async (given: Money) => {
    if (cart === null || due === null || step !== 'asking') return;
    if (given < due) return refuse({ code: 'too-little-given' });
    setStep('writing');
    const answer = await till.sell(cart, [payCash(due, given)]);
    refuse(answer.ok ? null : answer.error);
    if (!answer.ok) return setStep('asking');
    open.renew();
    setSold(answer.value);
    setStep('sold');
  };
  const close = () => {
    setCart(null);
    setSold(null);
    setStep('closed');
    refuse(null);
  };
  return { step, due: cart === null ? null : due, sold, fault, start, confirm, close };
}

/** A cart that is sold already is closed at once; every other fault leaves it as it is. */
function useFault(): { fault: string | null; refuse: (fault: SellFault | null) => void } {
  const open = useCart();
  const [fault, setFault] = useState<SellFault | null>(null);
  const textOf = useFaultText();
  const refuse = (next: SellFault | null) => {
    if (next?.code === 'cart-sold') open.renew();
    setFault(next);
  };
  return { fault: fault ? textOf(fault) : null, refuse };
}

import { memo, useEffect, useEffectEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Sale } from '../../schema/entry/sale.ts';
import type { CartId } from '../../schema/ids.ts';
import { useCart, useDevice } from '../app/contexts.ts';
import { useSay } from '../app/messages.tsx';
import { sameCart } from '../drafts/cart-draft.ts';
import { PaidElsewhereDialog } from './later-windows.ts';

interface SharedCartProps {
  /** The cart for which money is being taken now: the open one, or one that is gone on with; null for none. */
  readonly paying: CartId | null;
  /** The sale just made. */
  readonly sold: Sale | null;
}

/** Keeps the open cart and its draft in step, as long as the sell screen is there; shows nothing but what a person must decide. */
export const SharedCart = memo(function SharedCart({ paying, sold }: SharedCartProps) {
  useFollow();
  useMerge(paying);
  usePaying(paying, sold);
  return <PaidElsewhereDialog />;
});

/** What is done here goes to the other tills. */
function useFollow(): void {
  const { drafts } = useDevice();
  const open = useCart();
  useEffect(() => {
    const follow = () => drafts.follow(open.cart.get());
    const stops = [open.cart.subscribe(follow), drafts.list.subscribe(follow)];
    follow();
    return () => {
      for (const stop of stops) stop();
    };
  }, [drafts, open]);
}

/** What the others did comes into the open cart, but not while its money is counted. */
function useMerge(paying: CartId | null): void {
  const { t } = useTranslation();
  const { drafts } = useDevice();
  const open = useCart();
  const say = useSay();
  const merge = useEffectEvent(() => {
    const merged = drafts.merged.get();
    if (merged === null || merged.cart.cartId !== open.cart.get().cartId) return;
    // The window of the money says it (pay-changed.tsx).
    if (paying === merged.cart.cartId) return;
    const till = merged.by.join(', ');
    if (!sameCart(merged.cart, open.cart.get())) open.adopt(merged.cart);
    if (merged.added > 0) say({ tone: 'info', text: t('held.added', { till, count: merged.added }) });
  });
  useEffect(() => {
    if (paying === null) merge();
    return drafts.merged.subscribe(merge);
  }, [drafts, paying]);
}

/** The other tills hear that money is taken, and what came into the cart meanwhile goes into the next one. */
function usePaying(paying: CartId | null, sold: Sale | null): void {
  const { t } = useTranslation();
  const { drafts } = useDevice();
  const open = useCart();
  const say = useSay();
  const carryOn = useEffectEvent((sale: Sale) => {
    const left = drafts.leftAfter(sale.body.cartId, sale.body.lines);
    const now = open.cart.get();
    if (left.length === 0 || now.cartId === sale.body.cartId) return;
    open.adopt({ ...now, lines: [...now.lines, ...left] });
    say({ tone: 'warning', text: t('held.left', { count: left.length }) });
  });
  useEffect(() => {
    if (paying === null) return undefined;
    void drafts.paying(paying, true);
    return () => void drafts.paying(paying, false);
  }, [drafts, paying]);
  useEffect(() => {
    if (sold) carryOn(sold);
  }, [sold]);
}

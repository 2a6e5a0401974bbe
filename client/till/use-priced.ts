import { useMemo } from 'react';
import { type Cart, priceCart } from '../../schema/receipt.ts';
import type { ComputedSale } from '../../schema/totals.ts';
import { useDevice } from '../app/contexts.ts';
import { useLive } from '../app/use-live.ts';

/** What a cart costs; null before the shop's rules have arrived, and when its figures are too large to hold exactly. */
export function usePriced(cart: Cart): ComputedSale | null {
  const rules = useLive(useDevice().company.rules);
  return useMemo(() => {
    if (rules === undefined) return null;
    try {
      return priceCart(cart, rules);
    } catch (error) {
      if (error instanceof RangeError) return null;
      throw error;
    }
  }, [cart, rules]);
}

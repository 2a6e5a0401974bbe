import { useMemo } from 'react';
import type { Cart } from '../../schema/receipt.ts';
import { useCart, useDevice } from '../app/contexts.ts';
import { useLive } from '../app/use-live.ts';
import { useNow } from '../app/use-now.ts';

/** A happy hour begins while a cart is open. */
const LOOKED_AT_EVERY_MS = 30_000;

/** The open cart with the promotions that apply to it now. */
export function usePromotedCart(): Cart {
  const { promotions, company } = useDevice();
  const cart = useLive(useCart().cart);
  const offered = useLive(company.promotions);
  const customers = useLive(company.customers);
  const now = useNow(LOOKED_AT_EVERY_MS);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the device knows, and the time.
  return useMemo(() => promotions.apply(cart), [promotions, cart, offered, customers, now]);
}

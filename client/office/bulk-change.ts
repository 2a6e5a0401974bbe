import { roundCash } from '../../schema/cash-rounding.ts';
import { type Money, money, scaleMoney } from '../../schema/money.ts';
import type { Product } from '../../schema/product.ts';
import type { ProductChange } from '../device/master-data.ts';

/** What is to change of many products at once. A percentage is in basis points (1 % = 100), less than 0 for cheaper. */
export type BulkWish =
  | { readonly kind: 'percent'; readonly basisPoints: number; readonly roundTo: number }
  | { readonly kind: 'amount'; readonly amount: number; readonly roundTo: number }
  | { readonly kind: 'price'; readonly price: Money }
  | { readonly kind: 'category'; readonly category: string }
  | { readonly kind: 'tax'; readonly taxId: string }
  | { readonly kind: 'active'; readonly active: boolean };

export type BulkKind = BulkWish['kind'];
export const BULK_KINDS: readonly BulkKind[] = ['percent', 'amount', 'price', 'category', 'tax', 'active'];

export interface BulkPlan {
  /** Products that change, in the order given. */
  readonly changes: readonly ProductChange[];
  /** Products whose price would be less than nothing: they are left out. */
  readonly below: number;
}

const WHOLE = 10_000;

/** What a wish changes of each product; products that it leaves as they are have no change. */
export function planBulk(products: readonly Product[], wish: BulkWish): BulkPlan {
  let below = 0;
  const changes = products.flatMap((product): ProductChange[] => {
    const patch = patchOf(product, wish);
    if (patch.price !== undefined && patch.price < 0) below += 1;
    const [field, value] = Object.entries(patch)[0] ?? [];
    const isSame = field === undefined || product[field as keyof Product] === value;
    return isSame || (patch.price ?? 0) < 0 ? [] : [{ id: product.id, patch: { ...patch } }];
  });
  return { changes, below };
}

interface BulkPatch {
  readonly price?: number;
  readonly category?: string;
  readonly taxId?: string;
  readonly active?: boolean;
}

function patchOf({ price }: Product, wish: BulkWish): BulkPatch {
  if (wish.kind === 'category') return { category: wish.category };
  if (wish.kind === 'tax') return { taxId: wish.taxId };
  if (wish.kind === 'active') return { active: wish.active };
  if (wish.kind === 'price') return { price: wish.price };
  const next =
    wish.kind === 'amount'
      ? price + wish.amount
      : scaleMoney(price, Math.max(0, WHOLE + wish.basisPoints), WHOLE, 'half-up');
  if (next < 0 || wish.roundTo === 0) return { price: next };
  return { price: roundCash(money(next), { to: money(wish.roundTo), rule: 'half-up' }) };
}

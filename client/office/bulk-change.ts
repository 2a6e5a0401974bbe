import { canonicalJson } from '../../schema/canonical-json.ts';
import { roundCash } from '../../schema/cash-rounding.ts';
import type { BranchId } from '../../schema/ids.ts';
import { type Money, money, scaleMoney } from '../../schema/money.ts';
import { type Product, priceIn } from '../../schema/product.ts';
import type { ProductChange } from '../device/master-data.ts';

/** Whose price changes: a branch's own, or where none is named the product's. */
interface InBranch {
  readonly branch?: BranchId | undefined;
}

/** What is to change of many products at once. A percentage is in basis points (1 % = 100), less than 0 for cheaper. */
export type BulkWish =
  | ({ readonly kind: 'percent'; readonly basisPoints: number; readonly roundTo: number } & InBranch)
  | ({ readonly kind: 'amount'; readonly amount: number; readonly roundTo: number } & InBranch)
  | ({ readonly kind: 'price'; readonly price: Money } & InBranch)
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
    if (patch === null) below += 1;
    const [field, value] = Object.entries(patch ?? {})[0] ?? [];
    const isSame = canonicalJson(product[field as keyof Product] ?? null) === canonicalJson(value ?? null);
    return patch === null || isSame ? [] : [{ id: product.id, patch }];
  });
  return { changes, below };
}

/** Null where the price would be less than nothing. */
function patchOf(product: Product, wish: BulkWish): ProductChange['patch'] | null {
  if (wish.kind === 'category') return { category: wish.category };
  if (wish.kind === 'tax') return { taxId: wish.taxId };
  if (wish.kind === 'active') return { active: wish.active };
  const { branch } = wish;
  const next = nextPrice(branch === undefined ? product.price : priceIn(product, branch), wish);
  if (next < 0) return null;
  return branch === undefined ? { price: next } : { branchPrices: { ...product.branchPrices, [branch]: next } };
}

function nextPrice(price: Money, wish: Extract<BulkWish, InBranch>): number {
  if (wish.kind === 'price') return wish.price;
  const next =
    wish.kind === 'amount'
      ? price + wish.amount
      : scaleMoney(price, Math.max(0, WHOLE + wish.basisPoints), WHOLE, 'half-up');
  if (next < 0 || wish.roundTo === 0) return next;
  return roundCash(money(next), { to: money(wish.roundTo), rule: 'half-up' });
}

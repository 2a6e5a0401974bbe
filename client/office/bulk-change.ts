import { canonicalJson } from '../../schema/canonical-json.ts';
import type { BranchId } from '../../schema/ids.ts';
import { QUANTITY_MAX } from '../../schema/limits.ts';
import { divideRounded, type Money } from '../../schema/money.ts';
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
  /** At which stock or below they are ordered again, in whole units. */
  | { readonly kind: 'reorder'; readonly level: number }
  | { readonly kind: 'category'; readonly category: string }
  | { readonly kind: 'tax'; readonly taxId: string }
  | { readonly kind: 'active'; readonly active: boolean };

export type BulkKind = BulkWish['kind'];
export const BULK_KINDS: readonly BulkKind[] = ['percent', 'amount', 'price', 'reorder', 'category', 'tax', 'active'];

export interface BulkPlan {
  /** Products that change, in the order given. */
  readonly changes: readonly ProductChange[];
  /** Products whose price would be less than nothing, or whose price or level more than it can be: they are left out. */
  readonly beyond: number;
}

/** Basis points of a whole. */
const WHOLE = 10_000n;

/** What a wish changes of each product; products that it leaves as they are have no change. */
export function planBulk(products: readonly Product[], wish: BulkWish): BulkPlan {
  let beyond = 0;
  const changes = products.flatMap((product): ProductChange[] => {
    const patch = patchOf(product, wish);
    if (patch === null) beyond += 1;
    const [field, value] = Object.entries(patch ?? {})[0] ?? [];
    const isSame = canonicalJson(product[field as keyof Product] ?? null) === canonicalJson(value ?? null);
    return patch === null || isSame ? [] : [{ id: product.id, patch }];
  });
  return { changes, beyond };
}

/** Null where the price would be none, or the level no quantity. */
function patchOf(product: Product, wish: BulkWish): ProductChange['patch'] | null {
  if (wish.kind === 'category') return { category: wish.category };
  if (wish.kind === 'tax') return { taxId: wish.taxId };
  if (wish.kind === 'active') return { active: wish.active };
  if (wish.kind === 'reorder') return reorderPatch(wish.level * product.unitScale);
  const { branch } = wish;
  const next = nextPrice(branch === undefined ? product.price : priceIn(product, branch), wish);
  if (next < 0 || !Number.isSafeInteger(next)) return null;
  return branch === undefined ? { price: next } : { branchPrices: { ...product.branchPrices, [branch]: next } };
}

function reorderPatch(reorderLevel: number): ProductChange['patch'] | null {
  return reorderLevel <= QUANTITY_MAX ? { reorderLevel } : null;
}

/** Counted exactly, whatever was typed, and rounded half up; may be what no price can be. */
function nextPrice(price: Money, wish: Extract<BulkWish, InBranch>): number {
  if (wish.kind === 'price') return wish.price;
  const [now, step] = [BigInt(price), BigInt(Math.max(1, wish.roundTo))];
  const [num, den] =
    wish.kind === 'amount' ? [now + BigInt(wish.amount), 1n] : [now * (WHOLE + BigInt(wish.basisPoints)), WHOLE];
  // Half a step below nothing is below nothing.
  if (num < 0n) return -1;
  const whole = divideRounded(num, den, 'half-up');
  return Number(divideRounded(whole, step, 'half-up') * step);
}

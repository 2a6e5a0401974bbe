import type { ProductId } from '../ids.ts';

/** More of a limited product is wanted than this till holds. In smallest units. */
export interface ShareFault {
  readonly productId: ProductId;
  readonly held: number;
  readonly wanted: number;
}

/** The first limited product of which a cart wants more than is held here; lines of one product are added up. Null where none does. */
export function findShareFault(
  lines: readonly {
    readonly productId?: ProductId | undefined;
    readonly limited?: true | undefined;
    quantity: number;
  }[],
  heldOf: (productId: ProductId) => number,
): ShareFault | null {
  for (const [productId, wanted] of limitedIn(lines)) {
    const held = heldOf(productId);
    if (wanted > held) return { productId, held: Math.max(0, held), wanted };
  }
  return null;
}

/** How much of each limited product these lines hold. */
export function limitedIn(lines: Parameters<typeof findShareFault>[0]): ReadonlyMap<ProductId, number> {
  const sums = new Map<ProductId, number>();
  for (const { productId, limited, quantity } of lines) {
    if (productId && limited) sums.set(productId, (sums.get(productId) ?? 0) + quantity);
  }
  return sums;
}

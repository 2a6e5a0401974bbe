import type { BranchId, ProductId } from '../ids.ts';
import { MOVE_LINES_MAX, QUANTITY_MAX } from '../limits.ts';

/** Why goods cannot be sent, or entered as arrived, so. */
export type TransferFault =
  | { readonly code: 'own-branch' | 'unknown-branch' | 'unknown-transfer' | 'no-lines' | 'too-many-lines' }
  | { readonly code: 'twice' | 'bad-quantity'; readonly product: ProductId }
  /** More of a limited product than is not shared out to tills. In smallest units. */
  | { readonly code: 'shared-out'; readonly product: ProductId; readonly free: number };

export interface TransferWish {
  readonly own: BranchId;
  readonly to: BranchId;
  readonly branches: ReadonlySet<BranchId>;
  readonly lines: readonly { readonly productId: ProductId; readonly quantity: number }[];
  /** What of a limited product is not shared out; null for any other product. */
  readonly free: (product: ProductId) => number | null;
}

/** What is wrong with sending goods to another branch; null for nothing. */
export function findTransferFault({ own, to, branches, lines, free }: TransferWish): TransferFault | null {
  if (to === own) return { code: 'own-branch' };
  if (!branches.has(to)) return { code: 'unknown-branch' };
  const fault = findLinesFault(lines);
  if (fault) return fault;
  for (const { productId, quantity } of lines) {
    const left = free(productId);
    if (left !== null && quantity > left) return { code: 'shared-out', product: productId, free: Math.max(0, left) };
  }
  return null;
}

/** What is wrong with a list of goods that moves them; null for nothing. */
export function findLinesFault(lines: TransferWish['lines']): TransferFault | null {
  if (lines.length === 0) return { code: 'no-lines' };
  if (lines.length > MOVE_LINES_MAX) return { code: 'too-many-lines' };
  const seen = new Set<ProductId>();
  for (const { productId: product, quantity } of lines) {
    if (seen.has(product)) return { code: 'twice', product };
    if (!Number.isInteger(quantity) || quantity < 1 || quantity > QUANTITY_MAX)
      return { code: 'bad-quantity', product };
    seen.add(product);
  }
  return null;
}

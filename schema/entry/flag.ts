import type { ProductId } from '../ids.ts';
import { CLOCK_ODD_MS } from '../limits.ts';
import { findReceiptFault } from '../receipt.ts';
import { stockEffects } from '../stock/effect.ts';
import type { DeviceEntry } from './entry.ts';

/** What may look wrong about an entry. It counts all the same; a manager sees the flag. */
export type EntryFlag =
  | 'unknown-product'
  | 'odd-clock'
  | 'line-total'
  | 'sale-total'
  | 'payments'
  | 'cart-sold-twice'
  | 'overflow'
  /** Only the courier's credential vouches for it: a device of protocol 1 signs nothing. */
  | 'unsigned'
  /** It had been acknowledged in an earlier epoch, and came back after a restore. */
  | 'returned'
  /** It arrived after its gap was closed or its device retired. */
  | 'late'
  /** It belongs to a run that diverged from its device's journal. */
  | 'forked'
  /** Its device, or the one that brought it, was revoked: it hands in what it holds, and a person should look. */
  | 'revoked';

/** What the server knows when an entry arrives. */
export interface FlagContext {
  /** The server's clock, milliseconds since 1970. */
  readonly now: number;
  readonly knowsProduct: (productId: ProductId) => boolean;
  /** True when another entry already sold this entry's cart. */
  readonly cartSold: boolean;
}

/** Everything that looks wrong about one entry, in a fixed order. Never a reason to refuse it. */
export function entryFlags(entry: DeviceEntry, context: FlagContext): EntryFlag[] {
  const flags: EntryFlag[] = [];
  if (stockEffects(entry).some(({ productId }) => !context.knowsProduct(productId))) flags.push('unknown-product');
  if (entry.at - context.now > CLOCK_ODD_MS) flags.push('odd-clock');
  if (entry.kind === 'sale' || entry.kind === 'refund') flags.push(...receiptFlags(entry));
  if (context.cartSold) flags.push('cart-sold-twice');
  return flags;
}

function receiptFlags(entry: Extract<DeviceEntry, { kind: 'sale' | 'refund' }>): EntryFlag[] {
  try {
    const fault = findReceiptFault(entry.body);
    return fault ? [fault] : [];
  } catch {
    return ['overflow'];
  }
}

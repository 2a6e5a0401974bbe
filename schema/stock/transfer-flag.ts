import type { EntryFlag } from '../entry/flag.ts';
import type { ProductId } from '../ids.ts';
import type { TransferEvent } from './transfer.ts';

/**
 * What looks wrong about the events of one transfer, by their keys: `events` in the order of their arrival, each once. Goods may come in
 * several deliveries; a later one that brings more than was left to come was entered twice. Worked out anew whenever one of them comes, so
 * that whatever order they arrive in, the same ones end up flagged.
 */
export function transferFlags(events: readonly TransferEvent[]): ReadonlyMap<string, readonly EntryFlag[]> {
  const left = sentUnits(events);
  const seen = new Set<TransferEvent['what']>();
  const flags = new Map<string, readonly EntryFlag[]>();
  const isSent = events.some(({ what }) => what === 'sent');
  for (const event of events) {
    if (event.what === 'settled') continue;
    const isMore = event.what === 'arrived' && isSent && takeFrom(left, event);
    const isAgain = seen.has(event.what) && (event.what === 'sent' || isMore);
    const found: EntryFlag[] = isAgain ? ['transfer-again'] : [];
    if (event.what === 'arrived' && !isSent) found.push('transfer-unknown');
    if (isMore) found.push('transfer-more');
    seen.add(event.what);
    flags.set(event.key, found);
  }
  return flags;
}

/** The flags that {@link transferFlags} decides: all others on an entry stay. */
export const TRANSFER_FLAGS: ReadonlySet<EntryFlag> = new Set(['transfer-again', 'transfer-more', 'transfer-unknown']);

function sentUnits(events: readonly TransferEvent[]): Map<ProductId, number> {
  const sums = new Map<ProductId, number>();
  for (const { what, lines } of events) {
    if (what !== 'sent') continue;
    for (const { productId, units } of lines) sums.set(productId, (sums.get(productId) ?? 0) + units);
  }
  return sums;
}

/** True when more of some product arrived than was left to arrive. */
function takeFrom(left: Map<ProductId, number>, { lines }: TransferEvent): boolean {
  for (const { productId, units } of lines) left.set(productId, (left.get(productId) ?? 0) - units);
  return lines.some(({ productId }) => (left.get(productId) ?? 0) < 0);
}

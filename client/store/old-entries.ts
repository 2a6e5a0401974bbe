import { type DeviceId, splitEntryId } from '../../schema/ids.ts';
import type { BranchEntry } from '../../schema/protocol/pull.ts';
import { type Stock, stockId } from '../../schema/stock/counter.ts';
import { stockEffects } from '../../schema/stock/effect.ts';
import type { Journal, OwnEntry } from './journal.ts';
import type { Shelf } from './shelf.ts';

/** Entries looked at or removed in one piece, so that a sale never waits for more. */
export const PIECE_ENTRIES = 50;

export interface CoverDeps {
  readonly journal: Pick<Journal, 'index' | 'read'>;
  readonly stock: Pick<Shelf<Stock>, 'byIds'>;
  readonly owner: { readonly deviceId: DeviceId; readonly branch: OwnEntry['branch'] };
  /** The number of the present epoch: counters of an older one cover nothing. */
  readonly epoch: number;
  /** Own entries that no counter will ever show: quarantined, or damaged here. */
  readonly passedOver: ReadonlySet<string>;
}

/**
 * Of the next entries behind `seq`, the last that the pulled counters cover without one before it that they do not. Gives `seq` when the
 * very next one is not covered, so that walking on stops there.
 */
export async function coveredThrough(deps: CoverDeps, seq: number, upTo: number): Promise<number> {
  const first = deps.journal.index.next(seq);
  if (first === undefined || first.seq > upTo) return seq;
  const entries = await deps.journal.read(first.seq, Math.min(upTo, first.seq + PIECE_ENTRIES - 1));
  const counters = await readCounters(deps, entries);
  let covered = seq;
  for (const entry of entries) {
    if (!isCovered(deps, counters, entry)) break;
    covered = seqOf(entry);
  }
  return covered;
}

/** The own counter's seq per product. */
async function readCounters(
  { stock, owner, epoch }: CoverDeps,
  entries: readonly OwnEntry[],
): Promise<ReadonlyMap<string, number>> {
  const ids = new Set(entries.flatMap(effectsOf).map(({ productId }) => stockId(owner.branch, productId)));
  const documents = await stock.byIds([...ids]);
  const present = documents.filter((document) => document.epoch === epoch);
  return new Map(present.map(({ productId, counters }) => [productId, counters[owner.deviceId]?.seq ?? 0]));
}

function isCovered({ passedOver }: CoverDeps, counters: ReadonlyMap<string, number>, entry: OwnEntry): boolean {
  if (passedOver.has(entry.id)) return true;
  return effectsOf(entry).every(({ productId }) => (counters.get(productId) ?? 0) >= seqOf(entry));
}

/** By the key: what a damaged row says of itself may be anything, and must not let others go. */
function seqOf({ id }: OwnEntry): number {
  return splitEntryId(id).seq;
}

/** A row that the disk damaged has no effects here; the server, which acknowledged it, counted it. */
function effectsOf(entry: OwnEntry): ReturnType<typeof stockEffects> {
  try {
    return stockEffects(entry);
  } catch {
    return [];
  }
}

/** Takes entries of other devices that arrived at the server before `before` off this disk, a piece at a time. Gives how many went. */
export async function removeOldArrivals(shelf: Shelf<BranchEntry>, before: number): Promise<number> {
  const oldest = await shelf.find({ where: { receivedAt: { $gte: 0 } }, sort: ['receivedAt'], limit: PIECE_ENTRIES });
  const ids = oldest.filter(({ receivedAt }) => receivedAt < before).map(({ id }) => id);
  await shelf.remove(ids);
  return ids.length;
}

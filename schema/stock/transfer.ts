import { type Entry, readDeviceEntry } from '../entry/entry.ts';
import type { BranchId, EntryId, PersonId, ProductId, TransferId } from '../ids.ts';

/** What one entry says of a transfer between two branches, as either of them sees it. */
export interface TransferEvent {
  readonly transferId: TransferId;
  readonly what: 'sent' | 'arrived' | 'settled';
  /** The same of an entry, its release and the copy told to the other branch: it counts once. */
  readonly key: string;
  /** True where this branch sent the goods; undefined where the event alone does not say. */
  readonly fromHere?: boolean;
  /** The branch at the other end. */
  readonly other: BranchId;
  /** Who and when, by the device that wrote it; told by the server for the other branch. */
  readonly person: PersonId;
  readonly at: number;
  readonly entry: EntryId;
  readonly lines: readonly { readonly productId: ProductId; readonly units: number }[];
}

/** What an entry says of a transfer; null for one that says nothing. A release says what its entry says. */
export function transferEvent(entry: Entry): TransferEvent | null {
  if (entry.kind === 'release') {
    const read = readDeviceEntry(entry.body.readable);
    return read.ok ? transferEvent(read.value) : null;
  }
  const who = { person: entry.person, at: entry.at, entry: entry.id, key: `${entry.id} ${entry.hash}` };
  switch (entry.kind) {
    case 'transfer-out': {
      const { transferId, toBranch: other, lines } = entry.body;
      return { ...who, transferId, what: 'sent', fromHere: true, other, lines: lines.map(moved) };
    }
    case 'transfer-in': {
      const { transferId, fromBranch: other, lines } = entry.body;
      return { ...who, transferId, what: 'arrived', fromHere: false, other, lines: lines.map(moved) };
    }
    case 'adjust':
      return entry.body.transfer ? { ...who, ...settles(entry.body.transfer), lines: entry.body.lines.map(put) } : null;
    case 'waste':
      return entry.body.transfer
        ? { ...who, ...settles(entry.body.transfer), lines: entry.body.lines.map(moved) }
        : null;
    case 'transfer-sent':
      return { ...who, ...toldBy(entry.body), what: 'sent', fromHere: false, other: entry.body.fromBranch };
    case 'transfer-arrived':
      return { ...who, ...toldBy(entry.body), what: 'arrived', fromHere: true, other: entry.body.toBranch };
    case 'transfer-settled': {
      const { transferId, target, hash, byBranch: other, lines } = entry.body;
      return { ...who, key: `${target} ${hash}`, transferId, what: 'settled', other, lines: lines.map(put) };
    }
    default:
      return null;
  }
}

/** A difference of one product of a transfer, or what of it is still on its way. In smallest units. */
export interface TransferLine {
  readonly productId: ProductId;
  readonly sent: number;
  readonly arrived: number;
  readonly settled: number;
  /** Sent, and neither arrived nor settled; below 0 where more arrived. */
  readonly open: number;
}

/** One transfer as a branch knows it. */
export interface Transfer {
  readonly transferId: TransferId;
  readonly fromHere: boolean;
  readonly other: BranchId;
  /** On its way: sent, and nobody said that any of it arrived. A difference: something arrived, and not what was sent. Done. */
  readonly state: 'on-the-way' | 'difference' | 'done';
  readonly lines: readonly TransferLine[];
  /** Oldest first. */
  readonly events: readonly TransferEvent[];
}

/**
 * The transfers that events speak of, the newest first. A union of facts, each counted once: the order in which they arrive and how
 * often say nothing.
 */
export function transfersOf(events: Iterable<TransferEvent>): readonly Transfer[] {
  const once = new Map<string, TransferEvent>();
  for (const event of events) {
    // Two entries that say the same of one fact, e.g. told in a lost history and again: the smaller id stands for both.
    const known = once.get(event.key);
    if (!known || event.entry < known.entry) once.set(event.key, event);
  }
  const byTransfer = Map.groupBy(once.values(), ({ transferId }) => transferId);
  return [...byTransfer.values()].map(transferOf).sort(newestFirst);
}

function transferOf(unordered: readonly TransferEvent[]): Transfer {
  const events = [...unordered].sort((left, right) => left.at - right.at || (left.key < right.key ? -1 : 1));
  const lines = linesOf(events);
  const first = events.find(({ fromHere }) => fromHere !== undefined) ?? (events[0] as TransferEvent);
  const isOpen = lines.some(({ open }) => open !== 0);
  const hasArrived = events.some(({ what }) => what === 'arrived');
  return {
    ...{ transferId: first.transferId, fromHere: first.fromHere ?? false, other: first.other, lines, events },
    state: isOpen ? (hasArrived ? 'difference' : 'on-the-way') : 'done',
  };
}

function linesOf(events: readonly TransferEvent[]): TransferLine[] {
  const sums = new Map<ProductId, Record<TransferEvent['what'], number>>();
  for (const { what, lines } of events) {
    for (const { productId, units } of lines) {
      const sum = sums.get(productId) ?? { sent: 0, arrived: 0, settled: 0 };
      sums.set(productId, { ...sum, [what]: sum[what] + units });
    }
  }
  return [...sums].map(([productId, sum]) => ({ productId, ...sum, open: sum.sent - sum.arrived - sum.settled }));
}

function newestFirst(left: Transfer, right: Transfer): number {
  const at = ({ events }: Transfer): number => events[0]?.at ?? 0;
  return at(right) - at(left) || (left.transferId < right.transferId ? 1 : -1);
}

function moved({ productId, quantity }: { readonly productId: ProductId; readonly quantity: number }) {
  return { productId, units: quantity };
}

function put({ productId, delta }: { readonly productId: ProductId; readonly delta: number }) {
  return { productId, units: delta };
}

function settles({ transferId, branch: other }: { readonly transferId: TransferId; readonly branch: BranchId }) {
  return { transferId, other, what: 'settled' as const };
}

function toldBy({
  transferId,
  target,
  hash,
  lines,
}: Extract<Entry, { kind: 'transfer-sent' | 'transfer-arrived' }>['body']) {
  return { transferId, key: `${target} ${hash}`, lines: lines.map(moved) };
}

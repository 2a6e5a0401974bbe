import { EMPTY_HEAD } from '../../schema/chain.ts';
import type { DeviceEntry, Head } from '../../schema/entry/entry.ts';
import type { CartId, EntryId } from '../../schema/ids.ts';

/** The little of an own entry that is kept in memory. */
export interface JournalRow {
  readonly id: EntryId;
  readonly seq: number;
  readonly hash: Head['hash'];
  readonly kind: DeviceEntry['kind'];
  readonly at: number;
}

/**
 * What the own journal says, in memory: its rows by seq, its head, the last receipt number and the carts that were sold. All
 * of it comes from the entries alone, so that a restart knows what was known before (I5, I14).
 */
export interface JournalIndex {
  head(): Head;
  receiptNo(): number;
  isSold(cart: CartId): boolean;
  row(seq: number): JournalRow | undefined;
  /** The id of the entry with this receipt number as printed. */
  byReceipt(receipt: string): EntryId | undefined;
  /** Rows above `seq`, in order. */
  after(seq: number): readonly JournalRow[];
  /** The first row above `seq`. */
  next(seq: number): JournalRow | undefined;
  add(entry: DeviceEntry): void;
  clear(): void;
}

export function createJournalIndex(): JournalIndex {
  let rows: JournalRow[] = [];
  let receiptNo = 0;
  const carts = new Set<CartId>();
  const receipts = new Map<string, EntryId>();
  /** Where the rows above `seq` begin. Looked for, not counted: a damaged disk may have lost rows in between. */
  const placeAfter = (seq: number): number => {
    let [low, high] = [0, rows.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((rows[middle] as JournalRow).seq <= seq) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const next = (seq: number) => rows[placeAfter(seq)];
  return {
    head: () => rows.at(-1) ?? EMPTY_HEAD,
    receiptNo: () => receiptNo,
    isSold: (cart) => carts.has(cart),
    row: (seq) => {
      const row = next(seq - 1);
      return row?.seq === seq ? row : undefined;
    },
    byReceipt: (receipt) => receipts.get(receipt),
    after: (seq) => rows.slice(placeAfter(seq)),
    next,
    add: (entry) => {
      rows.push({ id: entry.id, seq: entry.seq, hash: entry.hash, kind: entry.kind, at: entry.at });
      if (entry.kind === 'snapshot') receiptNo = Math.max(receiptNo, entry.body.receiptNo);
      if (entry.kind !== 'sale' && entry.kind !== 'refund') return;
      receiptNo = Math.max(receiptNo, entry.body.receiptNo);
      receipts.set(entry.body.receipt, entry.id);
      carts.add(entry.body.cartId);
    },
    clear: () => {
      rows = [];
      receiptNo = 0;
      carts.clear();
      receipts.clear();
    },
  };
}

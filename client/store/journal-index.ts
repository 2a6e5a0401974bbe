import { EMPTY_HEAD } from '../../schema/chain.ts';
import type { DeviceEntry, Head } from '../../schema/entry/entry.ts';
import { type CartId, type EntryId, splitEntryId } from '../../schema/ids.ts';
import type { Money } from '../../schema/money.ts';
import type { JournalTail } from './journal-tail.ts';
import { NO_SHIFT, type ShiftState, shiftAfter } from './shift-state.ts';

/** The little of an own entry that is kept in memory. */
export interface JournalRow {
  readonly id: EntryId;
  readonly seq: number;
  readonly hash: Head['hash'];
  readonly kind: DeviceEntry['kind'];
  readonly at: number;
  /** The disk damaged what it says; its place and hash are what its neighbours say. */
  readonly damaged?: true;
}

/**
 * What the own journal says, in memory: its rows by seq, its head, the last receipt number and the carts that were sold. All
 * of it comes from the entries (and for what the disk lost from the vault's tail), so that a restart knows what was known
 * before (I5, I14).
 */
export interface JournalIndex {
  /** The last entry that was written, on this disk still or not. */
  head(): Head;
  receiptNo(): number;
  /** All sales less all refunds, as far as the rows and the last snapshot tell. */
  perpetualTotal(): Money;
  /** The open shift and the last Z report. */
  shift(): ShiftState;
  isSold(cart: CartId): boolean;
  /** The sale or refund of a cart, where it is on disk. */
  soldBy(cart: CartId): EntryId | undefined;
  row(seq: number): JournalRow | undefined;
  /** The id of the entry with this receipt number as printed. */
  byReceipt(receipt: string): EntryId | undefined;
  /** Own refunds that name this receipt, oldest first. */
  refundsOf(receipt: string): readonly EntryId[];
  /** Rows above `seq`, in order; at most `limit` of them. */
  after(seq: number, limit?: number): readonly JournalRow[];
  /** How many rows there are above `seq`. */
  countAfter(seq: number): number;
  /** The first row above `seq`. */
  next(seq: number): JournalRow | undefined;
  /** The seq from which on nothing is missing here: 1 for a whole journal, one above the head when its last rows are lost. */
  wholeFrom(): number;
  add(entry: DeviceEntry): void;
  /** Gives a row its place and this hash without believing what else it says: the disk damaged it. */
  addDamaged(id: EntryId, hash: Head['hash'], row: Partial<DeviceEntry>): void;
  tail(): JournalTail;
  /** Goes on behind this tail, where it is not behind the rows. */
  resume(tail: JournalTail): void;
  /** Forgets the rows up to `seq`: they are off the disk. */
  dropThrough(seq: number): void;
  clear(): void;
}

const NOTHING: JournalTail = { head: EMPTY_HEAD, receiptNo: 0, perpetualTotal: 0 as Money, shift: NO_SHIFT };

export function createJournalIndex(): JournalIndex {
  let rows: JournalRow[] = [];
  let tail = NOTHING;
  const carts = new Map<CartId, EntryId>();
  const receipts = new Map<string, EntryId>();
  const refunds = new Map<string, readonly EntryId[]>();
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
  const place = (row: JournalRow) => {
    rows.push(row);
    tail = { ...tail, head: { seq: row.seq, hash: row.hash } };
  };
  return {
    head: () => tail.head,
    receiptNo: () => tail.receiptNo,
    perpetualTotal: () => tail.perpetualTotal,
    shift: () => tail.shift,
    isSold: (cart) => carts.has(cart),
    soldBy: (cart) => carts.get(cart),
    row: (seq) => {
      const row = next(seq - 1);
      return row?.seq === seq ? row : undefined;
    },
    byReceipt: (receipt) => receipts.get(receipt),
    refundsOf: (receipt) => refunds.get(receipt) ?? [],
    after: (seq, limit = rows.length) => {
      const from = placeAfter(seq);
      return rows.slice(from, from + limit);
    },
    countAfter: (seq) => rows.length - placeAfter(seq),
    next,
    wholeFrom: () => {
      let from = tail.head.seq + 1;
      for (let at = rows.length - 1; rows[at]?.seq === from - 1; at -= 1) from -= 1;
      return from;
    },
    add: (entry) => {
      // Counted first: it throws where there is nothing to count, and then no row is there.
      const { receiptNo, perpetualTotal } = countEntry(tail, entry);
      const shift = shiftAfter(tail.shift, entry);
      place({ id: entry.id, seq: entry.seq, hash: entry.hash, kind: entry.kind, at: entry.at });
      tail = { ...tail, receiptNo, perpetualTotal, shift };
      if (entry.kind !== 'sale' && entry.kind !== 'refund') return;
      receipts.set(entry.body.receipt, entry.id);
      carts.set(entry.body.cartId, entry.id);
      const of = entry.kind === 'refund' ? entry.body.original?.receipt : undefined;
      if (of !== undefined) refunds.set(of, [...(refunds.get(of) ?? []), entry.id]);
    },
    addDamaged: (id, hash, { kind, at }) => {
      const { seq } = splitEntryId(id);
      if (rows.at(-1)?.seq === seq) return;
      place({ id, seq, hash, kind: kind ?? 'adjust', at: at ?? 0, damaged: true });
    },
    tail: () => tail,
    resume: (later) => {
      if (later.head.seq < tail.head.seq) return;
      tail = later;
      const last = rows.at(-1);
      if (last?.damaged && last.seq === later.head.seq)
        rows = [...rows.slice(0, -1), { ...last, hash: later.head.hash }];
    },
    dropThrough: (seq) => {
      rows = rows.slice(placeAfter(seq));
    },
    clear: () => {
      rows = [];
      tail = NOTHING;
      carts.clear();
      receipts.clear();
      refunds.clear();
    },
  };
}

/** Receipt number and sum after this entry. A number above the entry's own seq was never given: the disk changed it. */
function countEntry(
  { receiptNo, perpetualTotal }: JournalTail,
  entry: DeviceEntry,
): Pick<JournalTail, 'receiptNo' | 'perpetualTotal'> {
  const counted = (no: number) => (no <= entry.seq ? Math.max(receiptNo, no) : receiptNo);
  switch (entry.kind) {
    case 'snapshot':
      return { receiptNo: counted(entry.body.receiptNo), perpetualTotal: entry.body.perpetualTotal };
    case 'sale':
    case 'refund': {
      const sum = perpetualTotal + (entry.kind === 'sale' ? 1 : -1) * entry.body.totals.due;
      const total = Number.isSafeInteger(sum) ? (sum as Money) : perpetualTotal;
      return { receiptNo: counted(entry.body.receiptNo), perpetualTotal: total };
    }
    default:
      return { receiptNo, perpetualTotal };
  }
}

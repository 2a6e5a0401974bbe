import type { DeviceEntry } from '../../schema/entry/entry.ts';
import type { Refund, Sale } from '../../schema/entry/sale.ts';
import type { CartId, DeviceId } from '../../schema/ids.ts';
import type { BranchEntry } from '../../schema/protocol/pull.ts';
import type { PaidRefund } from '../../schema/refund.ts';
import { createLive, type Live } from '../device/live.ts';
import type { Shelf } from './shelf.ts';

/** Rows kept in memory: the newest arrivals, for the office's list. */
export const BRANCH_ROWS_MAX = 1000;
const DAY_MS = 24 * 60 * 60 * 1000;
/** Z reports kept in memory. */
const CLOSINGS_MAX = 500;
/** How far back to look for the newest arrivals, one after the other, until there are enough. */
const WINDOWS_MS = [DAY_MS, 8 * DAY_MS, 64 * DAY_MS];

/** Entries of the other devices, as far as pulled; the newest sales and refunds in memory. */
export interface BranchJournal {
  readonly version: Live<number>;
  /**
   * Reads the newest sales and refunds from the disk; what was in memory is forgotten. Gives all entries among which they are, but for those that were
   * written or removed meanwhile: of these the disk's answer may be older. Nothing where it was asked for again meanwhile.
   */
  load(now: number): Promise<readonly BranchEntry[]>;
  /** Resolves when what {@link load} reads is in memory, or the disk did not give it. */
  loaded(): Promise<void>;
  put(entries: readonly BranchEntry[]): void;
  /** Forgets entries that are no longer on disk. */
  remove(ids: readonly string[]): void;
  /** Sales and refunds, newest arrival first. */
  newest(limit: number): readonly BranchEntry[];
  /** Z reports of the other tills, newest arrival first. */
  closings(limit: number): readonly BranchEntry[];
  /** Refunds of a receipt that arrived at `since` (server time) or later, in the order of their arrival. */
  refundsOf(receipt: string, since: number): Promise<readonly PaidRefund[]>;
  /** Sales of one cart that arrived at `since` (server time) or later, in the order of their arrival. */
  ofCart(cart: CartId, since: number): Promise<readonly Sale[]>;
  /** A device's entries above a seq, in order, at most so many. */
  after(device: DeviceId, seq: number, limit: number): Promise<readonly BranchEntry[]>;
  find(id: string): Promise<BranchEntry | undefined>;
  /** The sale or refund of a device with this receipt number as printed; `receiptNo` is the last part of it. */
  findReceipt(device: DeviceId, receiptNo: number, receipt: string): Promise<DeviceEntry | undefined>;
}

/** `pause` is waited for before the disk is read. */
export function createBranchJournal(
  shelf: Shelf<BranchEntry>,
  pause: () => Promise<void> = () => Promise.resolve(),
): BranchJournal {
  const version = createLive(0);
  let loading: Promise<readonly BranchEntry[]> = Promise.resolve([]);
  let isLoaded = false;
  /** Ids of what was written or removed since the disk is being read; null while it is not. */
  let touched: Set<string> | null = null;
  let rows: BranchEntry[] = [];
  let closings: BranchEntry[] = [];
  const takeIn = (entries: readonly BranchEntry[]) => {
    const receipts = entries.filter(isReceipt);
    const closed = entries.filter(isClosing);
    if (receipts.length + closed.length === 0) return;
    rows = newestOf(rows, receipts, BRANCH_ROWS_MAX);
    closings = newestOf(closings, closed, CLOSINGS_MAX);
    version.set(version.get() + 1);
  };
  const touch = (ids: readonly string[]) => {
    for (const id of ids) touched?.add(id);
  };
  const load = async (now: number): Promise<readonly BranchEntry[]> => {
    const since = new Set<string>();
    [rows, closings, isLoaded, touched] = [[], [], false, since];
    await pause();
    const entries = await loadNewest(shelf, now);
    if (touched !== since) return [];
    const still = entries.filter(({ id }) => !since.has(id));
    [isLoaded, touched] = [true, null];
    takeIn(still);
    return still;
  };
  const loaded = () =>
    loading.then(
      () => undefined,
      () => undefined,
    );
  // The newest are in memory; the disk is asked for what came before them.
  const receiptsSince = async (since: number): Promise<readonly BranchEntry[]> => {
    await loaded();
    const isWhole = isLoaded && ((rows.at(-1)?.receivedAt ?? 0) <= since || rows.length < BRANCH_ROWS_MAX);
    return isWhole ? rows.toReversed() : shelf.find({ where: { receivedAt: { $gte: since } }, sort: ['receivedAt'] });
  };
  return {
    version,
    load: (now) => {
      loading = load(now);
      return loading;
    },
    loaded,
    put: (entries) => {
      touch(entries.map(({ id }) => id));
      takeIn(entries);
    },
    remove: (ids) => {
      touch(ids);
      const gone = new Set(ids);
      const before = rows.length + closings.length;
      rows = rows.filter(({ id }) => !gone.has(id));
      closings = closings.filter(({ id }) => !gone.has(id));
      if (rows.length + closings.length === before) return;
      version.set(version.get() + 1);
    },
    after: (device, seq, limit) =>
      shelf.find({ where: { deviceId: device, seq: { $gt: seq } }, sort: ['deviceId', 'seq'], limit }),
    newest: (limit) => rows.slice(0, limit),
    closings: (limit) => closings.slice(0, limit),
    refundsOf: async (receipt, since) =>
      (await receiptsSince(since)).flatMap((entry) => asRefundOf(entry, receipt) ?? []),
    ofCart: async (cart, since) => (await receiptsSince(since)).flatMap((entry) => asSaleOf(entry, cart) ?? []),
    find: async (id) => (await shelf.byIds([id]))[0],
    findReceipt: async (device, receiptNo, receipt) => {
      // A receipt's number counts some of the device's entries, so the entry's seq is never below it.
      const entries = await shelf.find({
        where: { deviceId: device, seq: { $gte: receiptNo } },
        sort: ['deviceId', 'seq'],
      });
      return entries
        .map((entry) => entry.entry as DeviceEntry | undefined)
        .find((entry) => receiptOf(entry) === receipt);
    },
  };
}

/** The number printed on a sale or refund. */
export function receiptOf(entry: DeviceEntry | undefined): string | undefined {
  return entry?.kind === 'sale' || entry?.kind === 'refund' ? entry.body.receipt : undefined;
}

function newestOf(held: readonly BranchEntry[], entries: readonly BranchEntry[], limit: number): BranchEntry[] {
  const fresh = new Map(entries.map((entry) => [entry.id, entry]));
  return [...fresh.values(), ...held.filter(({ id }) => !fresh.has(id))].sort(newestFirst).slice(0, limit);
}

function asRefundOf({ id, kind, verdict, entry }: BranchEntry, receipt: string): PaidRefund | undefined {
  if (kind !== 'refund' || verdict !== 'accepted' || entry === undefined) return undefined;
  const { body } = entry as unknown as Refund;
  return body.original?.receipt === receipt ? { id, body } : undefined;
}

function asSaleOf({ kind, verdict, entry }: BranchEntry, cart: CartId): Sale | undefined {
  if (kind !== 'sale' || verdict !== 'accepted' || entry === undefined) return undefined;
  const sale = entry as unknown as Sale;
  return sale.body.cartId === cart ? sale : undefined;
}

function isClosing({ kind, verdict }: BranchEntry): boolean {
  return kind === 'shift-close' && verdict === 'accepted';
}

function isReceipt({ kind }: BranchEntry): boolean {
  return kind === 'sale' || kind === 'refund';
}

/** By arrival at the server; entries of one arrival by id, so that the order is one. */
function newestFirst(left: BranchEntry, right: BranchEntry): number {
  return right.receivedAt - left.receivedAt || (left.id < right.id ? 1 : -1);
}

async function loadNewest(shelf: Shelf<BranchEntry>, now: number): Promise<BranchEntry[]> {
  const newer = (from: number) => shelf.find({ where: { receivedAt: { $gte: from } }, sort: ['receivedAt'] });
  const [first, ...windows] = WINDOWS_MS.map((ms) => Math.max(0, now - ms));
  // Asked beside each other: most days one of the two answers.
  const [count, today] = await Promise.all([shelf.count(), newer(first ?? 0)]);
  if (count === today.length || today.filter(isReceipt).length >= BRANCH_ROWS_MAX) return today;
  // So few are read once, not once per window.
  if (count <= BRANCH_ROWS_MAX) return shelf.find({ sort: ['receivedAt'] });
  for (const from of windows) {
    const entries = await newer(from);
    if (entries.filter(isReceipt).length >= BRANCH_ROWS_MAX) return entries;
  }
  return shelf.find({ sort: ['receivedAt'] });
}

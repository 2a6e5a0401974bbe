import type { DeviceEntry } from '../../schema/entry/entry.ts';
import type { DeviceId } from '../../schema/ids.ts';
import type { BranchEntry } from '../../schema/protocol/pull.ts';
import { createLive, type Live } from '../device/live.ts';
import type { Shelf } from './shelf.ts';

/** Rows kept in memory: the newest arrivals, for the office's list. */
export const BRANCH_ROWS_MAX = 1000;
const DAY_MS = 24 * 60 * 60 * 1000;
/** How far back to look for the newest arrivals, one after the other, until there are enough. */
const WINDOWS_MS = [DAY_MS, 8 * DAY_MS, 64 * DAY_MS];

/** Entries of the other devices, as far as pulled; the newest sales and refunds in memory. */
export interface BranchJournal {
  readonly version: Live<number>;
  /** Gives what it read: all entries among which are the newest sales and refunds. */
  load(now: number): Promise<readonly BranchEntry[]>;
  put(entries: readonly BranchEntry[]): void;
  /** Forgets entries that are no longer on disk. */
  remove(ids: readonly string[]): void;
  /** Sales and refunds, newest arrival first. */
  newest(limit: number): readonly BranchEntry[];
  /** A device's entries above a seq, in order, at most so many. */
  after(device: DeviceId, seq: number, limit: number): Promise<readonly BranchEntry[]>;
  find(id: string): Promise<BranchEntry | undefined>;
  /** The sale or refund of a device with this receipt number as printed; `receiptNo` is the last part of it. */
  findReceipt(device: DeviceId, receiptNo: number, receipt: string): Promise<DeviceEntry | undefined>;
}

export function createBranchJournal(shelf: Shelf<BranchEntry>): BranchJournal {
  const version = createLive(0);
  let rows: BranchEntry[] = [];
  const put = (entries: readonly BranchEntry[]) => {
    const fresh = new Map(entries.filter(isReceipt).map((entry) => [entry.id, entry]));
    if (fresh.size === 0) return;
    rows = [...fresh.values(), ...rows.filter((row) => !fresh.has(row.id))].sort(newestFirst).slice(0, BRANCH_ROWS_MAX);
    version.set(version.get() + 1);
  };
  return {
    version,
    load: async (now) => {
      rows = [];
      const entries = await loadNewest(shelf, now);
      put(entries);
      return entries;
    },
    put,
    remove: (ids) => {
      const gone = new Set(ids);
      const left = rows.filter(({ id }) => !gone.has(id));
      if (left.length === rows.length) return;
      rows = left;
      version.set(version.get() + 1);
    },
    after: (device, seq, limit) =>
      shelf.find({ where: { deviceId: device, seq: { $gt: seq } }, sort: ['deviceId', 'seq'], limit }),
    newest: (limit) => rows.slice(0, limit),
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

function isReceipt({ kind }: BranchEntry): boolean {
  return kind === 'sale' || kind === 'refund';
}

/** By arrival at the server; entries of one arrival by id, so that the order is one. */
function newestFirst(left: BranchEntry, right: BranchEntry): number {
  return right.receivedAt - left.receivedAt || (left.id < right.id ? 1 : -1);
}

async function loadNewest(shelf: Shelf<BranchEntry>, now: number): Promise<BranchEntry[]> {
  for (const window of WINDOWS_MS) {
    const from = Math.max(0, now - window);
    const entries = await shelf.find({ where: { receivedAt: { $gte: from } }, sort: ['receivedAt'] });
    if (entries.filter(isReceipt).length >= BRANCH_ROWS_MAX) return entries;
  }
  return shelf.find({ sort: ['receivedAt'] });
}

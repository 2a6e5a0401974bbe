import type { ServerEntry } from '../../schema/entry/entry.ts';
import { type DeviceEntry, type Entry, readDeviceEntry } from '../../schema/entry/entry.ts';
import { splitEntryId } from '../../schema/ids.ts';
import type { BranchEntry } from '../../schema/protocol/pull.ts';
import { createLive, type Live } from '../device/live.ts';
import type { WholeRead } from './whole-read.ts';

/**
 * Movements kept in memory, the newest by the devices' clocks: a shop's receipts, corrections and transfers of some years. Counts have a bound of
 * their own: the stocktake of a whole catalogue is thousands of them, and pushes no receipt out.
 */
const BOUNDS = { moves: 10_000, counts: 10_000 };

const DEVICE_KINDS = ['receive', 'adjust', 'waste', 'transfer-out', 'transfer-in', 'count'] as const;
const TOLD_KINDS = ['transfer-sent', 'transfer-arrived', 'transfer-settled'] as const;
export type MovementKind = (typeof DEVICE_KINDS)[number];
/** An entry that moves stock otherwise than by selling, or counts it. */
export type MovementEntry = Extract<DeviceEntry, { kind: MovementKind }>;
/** What the server tells of a transfer in the other branch. */
export type ToldEntry = Extract<ServerEntry, { kind: (typeof TOLD_KINDS)[number] }>;

/** An entry as it counts: one that was released stands under the id of its release, read. */
export interface KeptMovement {
  readonly id: BranchEntry['id'];
  readonly deviceId: BranchEntry['deviceId'];
  readonly entry: MovementEntry | ToldEntry;
  readonly isOwn: boolean;
}

/** What moved stock in the branch without being sold, as far as this device holds it. */
export interface MovementBook {
  readonly version: Live<number>;
  /** Reads the branch journal through, where nobody did. Until then only own entries and what arrived since the start are here. */
  readAll(): Promise<void>;
  put(entries: readonly BranchEntry[]): void;
  addOwn(entry: DeviceEntry): void;
  /** Forgets entries that are no longer on disk. */
  remove(ids: readonly string[]): void;
  /** Newest first, by the devices' clocks. */
  all(): readonly KeptMovement[];
  /** False where movements older than those here were left out; counts aside, which move nothing. */
  isWhole(): boolean;
  clear(): void;
}

export function createMovementBook(journal: WholeRead<BranchEntry>, bounds = BOUNDS): MovementBook {
  const version = createLive(0);
  const kept = new Map<string, KeptMovement>();
  let sorted: readonly KeptMovement[] | null = null;
  let isWhole = true;
  const changed = () => {
    sorted = null;
    version.set(version.get() + 1);
  };
  const all = () => {
    sorted ??= onceEach(kept.values()).sort(newestFirst);
    return sorted;
  };
  const trim = () => {
    if (kept.size <= Math.min(bounds.moves, bounds.counts)) return;
    sorted = null;
    const parts = Map.groupBy(all(), ({ entry }) => entry.kind === 'count');
    const moves = parts.get(false)?.slice(bounds.moves) ?? [];
    if (moves.length > 0) isWhole = false;
    for (const { id } of [...moves, ...(parts.get(true)?.slice(bounds.counts) ?? [])]) kept.delete(id);
  };
  const put = (entries: readonly BranchEntry[]) => {
    let isOther = false;
    for (const row of entries) {
      const movement = keptOf(row);
      if (movement) kept.set(row.id, movement);
      else if (!kept.delete(row.id)) continue;
      isOther = true;
    }
    if (!isOther) return;
    trim();
    changed();
  };
  journal.join(put);
  return {
    version,
    readAll: journal.readAll,
    put,
    addOwn: (entry) => {
      if (!isMovement(entry)) return;
      kept.set(entry.id, { id: entry.id, deviceId: entry.deviceId, entry, isOwn: true });
      changed();
    },
    remove: (ids) => {
      if (ids.filter((id) => kept.delete(id)).length > 0) changed();
    },
    all,
    isWhole: () => isWhole,
    clear: () => {
      kept.clear();
      isWhole = true;
      journal.forget();
      changed();
    },
  };
}

/** What could not be read counts nowhere until it is released. */
export function keptOf({ id, deviceId, verdict, entry }: BranchEntry): KeptMovement | null {
  if (verdict !== 'accepted' || entry === undefined) return null;
  const read = entry as unknown as Entry;
  if (read.kind === 'release') {
    const released = readDeviceEntry(read.body.readable);
    if (!released.ok || !isMovement(released.value)) return null;
    return { id, deviceId: splitEntryId(released.value.id).deviceId, entry: released.value, isOwn: false };
  }
  return isMovement(read) || isTold(read) ? { id, deviceId, entry: read, isOwn: false } : null;
}

export function isMovement(entry: Entry): entry is MovementEntry {
  return (DEVICE_KINDS as readonly string[]).includes(entry.kind);
}

export function isTold(entry: Entry): entry is ToldEntry {
  return (TOLD_KINDS as readonly string[]).includes(entry.kind);
}

/** A copy's entry is here as its own and in the fork that the server made of it, where it counts; one that came late, in a release too. */
export function onceEach(rows: Iterable<KeptMovement>): KeptMovement[] {
  return [...new Map([...rows].map((row) => [`${row.entry.id} ${row.entry.hash}`, row])).values()];
}

function newestFirst({ entry: left, id: one }: KeptMovement, { entry: right, id: other }: KeptMovement): number {
  return right.at - left.at || (one < other ? 1 : -1);
}

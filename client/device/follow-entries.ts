import { type DeviceEntry, type Entry, readDeviceEntry } from '../../schema/entry/entry.ts';
import { splitEntryId } from '../../schema/ids.ts';
import type { BranchEntry } from '../../schema/protocol/pull.ts';
import type { Shelves } from '../store/device-disk.ts';
import type { Journal } from '../store/journal.ts';
import { createMutex } from '../store/mutex.ts';
import type { Cancel } from './device-deps.ts';
import type { Live } from './live.ts';

/** An entry with the device that it counts for: a fork's is another than the one that it names. */
export interface KnownEntry extends Pick<BranchEntry, 'id' | 'deviceId' | 'seq'> {
  readonly entry: DeviceEntry;
}

export interface FollowDeps {
  readonly journal: Pick<Journal, 'index' | 'readEach'>;
  readonly shelves: Pick<Shelves, 'branchJournal'>;
  readonly active: Live<boolean>;
}

/** What is kept of the entries that are followed. */
export interface FollowWish<Part> {
  /** Kinds that say something of it; own entries of others are not even read. */
  readonly kinds: ReadonlySet<DeviceEntry['kind']>;
  readonly pick: (known: KnownEntry) => Part | null;
}

/** Follows what entries of all devices say of one matter: each is read from the disk once, and what comes later is taken in as it comes. */
export interface EntryFollower<Part> {
  /** What all own entries say, and those of others that arrived at `since` (server time) or later. */
  read(since: number): Promise<readonly Part[]>;
}

/** What came since somebody asked last: with more, nobody looks any more, and it is all forgotten until somebody does. */
export const UNASKED_MAX = 5_000;

export function followEntries<Part>(deps: FollowDeps, { kinds, pick }: FollowWish<Part>): EntryFollower<Part> {
  const { journal, active } = deps;
  const { branchJournal } = deps.shelves;
  const inTurn = createMutex();
  const parts = new Map<string, Part>();
  let [since, ownThrough, unasked] = [Number.POSITIVE_INFINITY, 0, 0];
  let stops: readonly Cancel[] = [];
  const forget = () => {
    for (const stop of stops) stop();
    stops = [];
    parts.clear();
    [since, ownThrough, unasked] = [Number.POSITIVE_INFINITY, 0, 0];
  };
  const take = ({ id, deviceId, seq, entry }: KnownEntry) => {
    const part = kinds.has(entry.kind) ? pick({ id, deviceId, seq, entry }) : null;
    if (part === null) parts.delete(id);
    else parts.set(id, part);
  };
  const readOwn = async () => {
    const rows = journal.index.after(ownThrough);
    const wanted = rows.filter(({ kind }) => kinds.has(kind)).map(({ id }) => id);
    for (const entry of await journal.readEach(wanted)) take({ ...entry, entry });
    ownThrough = rows.at(-1)?.seq ?? ownThrough;
  };
  const readArrived = async (from: number) => {
    for (const stop of stops) stop();
    const meanwhile = new Set<string>();
    let isRead = false;
    const written = branchJournal.onWritten((rows) => {
      if (!isRead) for (const { id } of rows) meanwhile.add(id);
      for (const known of rows.flatMap(readable)) take(known);
      unasked += rows.length;
      if (unasked > UNASKED_MAX) void inTurn(async () => forget());
    });
    const removed = branchJournal.onRemoved((ids) => {
      for (const id of ids) parts.delete(id);
    });
    stops = [written, removed];
    const rows = await branchJournal.find({ where: { receivedAt: { $gte: from } }, sort: ['receivedAt'] });
    isRead = true;
    // What was written meanwhile is newer than what the disk gave.
    for (const known of rows.flatMap(readable)) if (!meanwhile.has(known.id)) take(known);
    since = from;
  };
  // Where another tab writes, this one hears of nothing.
  active.subscribe(() => void inTurn(async () => forget()));
  return {
    read: (from) =>
      inTurn(async () => {
        if (!active.get()) forget();
        unasked = 0;
        await readOwn();
        if (from < since) await readArrived(from);
        return [...parts.values()];
      }),
  };
}

/** What could not be read says nothing until it can, or until a release says what it meant: that is the same entry, however often it is told. */
function readable({ id, deviceId, seq, verdict, entry }: BranchEntry): readonly KnownEntry[] {
  if (verdict !== 'accepted' || !entry) return [];
  const said = entry as unknown as Entry;
  if (said.kind !== 'release') return [{ id, deviceId, seq, entry: said as DeviceEntry }];
  const { target } = said.body;
  const meant = readDeviceEntry(said.body.readable);
  return meant.ok ? [{ id: target, ...splitEntryId(target), entry: meant.value }] : [];
}

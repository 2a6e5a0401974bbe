import type { Head } from '../../schema/entry/entry.ts';
import type { Epoch } from '../../schema/epoch.ts';
import { type DeviceId, type EntryId, type Scope, splitEntryId } from '../../schema/ids.ts';
import { Kept } from './kept.ts';
import type { CommitPlace, ReadTx, StoredDevice, WriteTx } from './store.ts';

type Writes = Omit<WriteTx, keyof ReadTx>;

/** Answers of each kind: of all that a large shop asks for all day. Some MB. */
const KEPT_MAX = 5_000;

/** What a document is stored under. */
export interface DocumentPlace {
  readonly scope: Scope;
  readonly seq: number;
}

/** What the tables say to the writing connection beside its reads. */
export interface KeptSource {
  /** Another number than last time where anybody else has written since. */
  version(): number;
  placeOf(scope: Scope): CommitPlace;
  /** The last place of a device's chain at which an entry stands; 0 where none does. */
  chainEnd(deviceId: DeviceId): number;
}

/**
 * What the writing connection was answered and wrote itself, for the transactions that follow: a till's next sale asks for the same device, head and
 * places as its last one.
 */
export interface KeptAnswers {
  /** First in every transaction: lets go of everything where another connection, of whatever process, has written since the last. */
  begin(): void;
  /** Nothing of what the transaction wrote stands, nor perhaps of what it read. */
  forget(): void;
  placeOf(scope: Scope): CommitPlace;
  /** The transaction is committed, and a scope ends here. */
  moved(scope: Scope, place: CommitPlace): void;
  /** Where documents stand, by collection and id. */
  readonly documents: Kept<string, DocumentPlace | undefined>;
  /** The same reads, answered from here where they can be. */
  readonly reads: ReadTx;
  /** The same writes, noted here. */
  noting(writes: Writes): Writes;
}

/** `reads` are those of the writing connection. */
export function createKeptAnswers(source: KeptSource, reads: ReadTx): KeptAnswers {
  const parts = [keepEpoch(reads), keepDevices(reads), keepSettled(reads), keepChains(source, reads)] as const;
  const places = new Kept<Scope, CommitPlace>(KEPT_MAX);
  const documents: KeptAnswers['documents'] = new Kept(KEPT_MAX);
  let seen: number | undefined;
  const forget = (): void => {
    for (const each of [...parts.flatMap(({ kept }) => kept), places, documents]) each.clear();
  };
  const placeOf = (scope: Scope): CommitPlace => places.now(scope, () => source.placeOf(scope));
  return {
    begin: () => {
      const now = source.version();
      if (now !== seen) forget();
      seen = now;
    },
    forget,
    placeOf,
    moved: (scope, at) => places.set(scope, at),
    documents,
    reads: Object.assign(
      {},
      reads,
      { place: async (scope: Scope) => placeOf(scope) },
      ...parts.map((part) => part.reads),
    ),
    noting: (writes) => Object.assign({}, writes, ...parts.map((part) => part.noting(writes))),
  };
}

/** One kind of answers: where they are kept, who asks for them, and who changes them. */
interface Part {
  // biome-ignore lint/suspicious/noExplicitAny: each part keeps answers of its own kind
  readonly kept: readonly Kept<any, any>[];
  readonly reads: Partial<ReadTx>;
  noting(writes: Writes): Partial<Writes>;
}

function keepEpoch(reads: ReadTx): Part {
  const epochs = new Kept<'newest', Epoch | undefined>(KEPT_MAX);
  return {
    kept: [epochs],
    reads: { epoch: () => epochs.of('newest', reads.epoch) },
    noting: (writes) => ({
      addEpoch: (epoch, begunAt) => epochs.change('newest', () => writes.addEpoch(epoch, begunAt)),
    }),
  };
}

function keepDevices(reads: ReadTx): Part {
  const devices = new Kept<DeviceId, StoredDevice | undefined>(KEPT_MAX);
  const forks = new Kept<DeviceId, readonly StoredDevice[]>(KEPT_MAX);
  return {
    kept: [devices, forks],
    reads: {
      device: (id) => devices.of(id, () => reads.device(id)),
      forksOf: (id) => forks.of(id, () => reads.forksOf(id)),
    },
    noting: (writes) => ({
      addDevice: (device) => {
        if (device.forkOf !== null) forks.drop(device.forkOf);
        return devices.change(device.deviceId, () => writes.addDevice(device));
      },
      setCredential: (id, hash) => devices.change(id, () => writes.setCredential(id, hash)),
    }),
  };
}

function keepSettled(reads: ReadTx): Part {
  const settled = new Kept<string, EntryId | undefined>(KEPT_MAX);
  return {
    kept: [settled],
    reads: { settledBy: (target) => settled.of(target, () => reads.settledBy(target)) },
    noting: (writes) => ({ settle: (target, by) => settled.change(target, () => writes.settle(target, by)) }),
  };
}

/** Heads, and the last place of each chain: behind it nobody need look for an entry. */
function keepChains({ chainEnd }: KeptSource, reads: ReadTx): Part {
  const heads = new Kept<DeviceId, Head | undefined>(KEPT_MAX);
  const ends = new Kept<DeviceId, number>(KEPT_MAX);
  const endOf = (deviceId: DeviceId): number => ends.now(deviceId, () => chainEnd(deviceId));
  return {
    kept: [heads, ends],
    reads: {
      head: (deviceId) => heads.of(deviceId, () => reads.head(deviceId)),
      entry: async (id) => {
        const { deviceId, seq } = splitEntryId(id);
        return seq > endOf(deviceId) ? undefined : reads.entry(id);
      },
      entriesFrom: async (deviceId, seq, limit) =>
        seq > endOf(deviceId) ? [] : reads.entriesFrom(deviceId, seq, limit),
    },
    noting: (writes) => ({
      setHead: (deviceId, { seq, hash }) =>
        heads.change(deviceId, () => writes.setHead(deviceId, { seq, hash }), { seq, hash }),
      insertEntry: (entry) => {
        const before = ends.get(entry.deviceId);
        const next = before === undefined ? undefined : Math.max(before, entry.entrySeq);
        return ends.change(entry.deviceId, () => writes.insertEntry(entry), next);
      },
    }),
  };
}

import type { LogRecord } from '../../client/store/log/log-record.ts';
import type { MemoryVaultValues } from '../../client/store/memory-vault.ts';
import type { StoredCheckpoint } from '../../client/sync/replication.ts';
import { COLLECTIONS, type CollectionName, type PulledCollection } from '../../schema/roles.ts';

/** Everything of a device that outlives its tabs: what IndexedDB and localStorage hold. */
export interface DeviceStorage {
  readonly docs: Readonly<Record<CollectionName, Map<string, object>>>;
  /** The records of its log, by number, where it keeps one: then `docs` is what they say. */
  readonly log: { readonly records: Map<number, LogRecord> };
  readonly checkpoints: Map<PulledCollection, StoredCheckpoint>;
  readonly vault: MemoryVaultValues;
  readonly texts: Map<string, string>;
}

export function emptyStorage(): DeviceStorage {
  const docs = Object.fromEntries(COLLECTIONS.map((name) => [name, new Map()])) as unknown as DeviceStorage['docs'];
  return { docs, log: { records: new Map() }, checkpoints: new Map(), vault: {}, texts: new Map() };
}

/** A copied profile, or a restored image of a machine. Documents are never changed in place. */
export function copyStorage(from: DeviceStorage): DeviceStorage {
  const docs = Object.fromEntries(COLLECTIONS.map((name) => [name, new Map(from.docs[name])]));
  return {
    docs: docs as unknown as DeviceStorage['docs'],
    log: { records: new Map(from.log.records) },
    checkpoints: new Map(from.checkpoints),
    vault: { ...from.vault },
    texts: new Map(from.texts),
  };
}

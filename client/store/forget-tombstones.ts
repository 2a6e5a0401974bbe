import type { RxStorageInstance } from 'rxdb';

/** What RxDB's Dexie storage keeps behind its own interface: the table that documents and tombstones share. */
interface DexieInside {
  readonly dexieDb?: { transaction(mode: 'rw', table: DexieTable, act: () => Promise<void>): Promise<void> };
  readonly dexieTable?: DexieTable;
}
interface DexieTable {
  bulkGet(ids: readonly string[]): Promise<readonly ({ readonly _deleted: '0' | '1' } | undefined)[]>;
  bulkDelete(ids: readonly string[]): Promise<void>;
}

/** So far back that no tombstone is too young, whatever the clock did since it was written; 100 years in milliseconds. */
const ANY_AGE_MS = -100 * 365 * 24 * 60 * 60 * 1000;

/**
 * Takes tombstones off the disk for good. Dexie's own cleanup reads every document of the collection to find a few tombstones,
 * in one piece; where their ids are known, so many keys are looked up instead. Other storages clean up by themselves.
 */
export async function forgetTombstones(
  storage: Pick<RxStorageInstance<unknown, unknown, unknown>, 'internals' | 'cleanup'>,
  ids: readonly string[],
): Promise<void> {
  const { dexieDb, dexieTable } = ((await storage.internals) ?? {}) as DexieInside;
  if (!dexieDb || !dexieTable) return void (await storage.cleanup(ANY_AGE_MS));
  await dexieDb.transaction('rw', dexieTable, async () => {
    const held = await dexieTable.bulkGet(ids);
    // One that was written anew meanwhile stays.
    await dexieTable.bulkDelete(ids.filter((_id, index) => held[index]?._deleted === '1'));
  });
}

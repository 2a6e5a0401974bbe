import { createRxDatabase, deepEqual, type RxCollection, type RxConflictHandler, type RxStorage } from 'rxdb';
import { COLLECTION_SCHEMAS } from '../../schema/collections.ts';
import type { CompanyDoc } from '../../schema/company.ts';
import type { DeviceEntry } from '../../schema/entry/entry.ts';
import type { Product } from '../../schema/product.ts';
import type { BranchEntry } from '../../schema/protocol/pull.ts';
import { COLLECTIONS, type CollectionName } from '../../schema/roles.ts';
import type { Stock } from '../../schema/stock/counter.ts';
import type { OwnEdit } from '../device/device.ts';
import type { Finding } from './findings.ts';

/** What each collection holds. */
export interface DeviceDocs {
  readonly journal: DeviceEntry;
  readonly branchJournal: BranchEntry;
  readonly stock: Stock;
  readonly products: Product;
  readonly company: CompanyDoc;
  readonly edits: OwnEdit;
  readonly findings: Finding;
}
export type DeviceCollections = { readonly [Name in CollectionName]: RxCollection<DeviceDocs[Name]> };

/** The RxDB database of one slot. */
export interface DeviceDatabase {
  readonly collections: DeviceCollections;
  close(): Promise<void>;
}

/**
 * Opens (or makes) the slot's database with all collections. One tab writes, so RxDB neither elects leaders nor talks to
 * other tabs. Rejects when the storage does not open.
 */
export async function openDatabase(slot: string, storage: RxStorage<unknown, unknown>): Promise<DeviceDatabase> {
  const database = await createRxDatabase({ name: `laci-${slot}`, storage, multiInstance: false });
  const creators = COLLECTIONS.map((name) => [name, { schema: COLLECTION_SCHEMAS[name], conflictHandler: serverWins }]);
  const collections = await database.addCollections(Object.fromEntries(creators));
  return {
    collections: collections as unknown as DeviceCollections,
    close: async () => void (await database.close()),
  };
}

/**
 * Pulled collections are written by the server alone and the others never replicate, so there is nothing to resolve: what
 * the server says stands. Named here because RxDB's own handler would say the same in silence.
 */
const serverWins: RxConflictHandler<object> = {
  isEqual: (left, right) => deepEqual(left, right),
  resolve: async ({ realMasterState }) => realMasterState,
};

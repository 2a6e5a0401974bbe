import type { RxStorage } from 'rxdb';
import { asRxStorage } from '../rx-storage.ts';
import { createRows } from './rows.ts';

/** RxDB on rows alone, as tests and benchmarks have it. */
export function createRowStorage(indexedDb: IDBFactory): RxStorage<unknown, unknown> {
  return asRxStorage(createRows(indexedDb));
}

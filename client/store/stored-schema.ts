import type { CollectionSchema } from '../../schema/collections.ts';
import type { StoredSchema } from './stored-collection.ts';

/** What of a collection's schema says how it lies on the disk, as RxDB completes it (`fillWithDefaultSettings`). */
export function storedSchema({ version, primaryKey, indexes = [] }: CollectionSchema): StoredSchema {
  const filled = indexes.map((fields) => ['_deleted', ...[fields].flat(), primaryKey]);
  return { version, primaryKey, indexes: filled };
}

import type { RxStorageInstanceMemory } from 'rxdb/plugins/storage-memory';
import type { AnyInstance } from './log-storage.ts';

/**
 * Stands for an instance whose log is still being read: whoever asks it something waits for that, and is told when the log does not open.
 * RxDB has its own work to do before it asks.
 */
export function openingInstance(
  memory: RxStorageInstanceMemory<Record<string, unknown>>,
  opening: Promise<AnyInstance>,
): AnyInstance {
  // Whoever asks is told.
  opening.catch(() => undefined);
  return {
    databaseName: memory.databaseName,
    collectionName: memory.collectionName,
    schema: memory.schema,
    internals: memory.internals,
    options: memory.options,
    bulkWrite: async (rows, context) => (await opening).bulkWrite(rows, context),
    findDocumentsById: async (ids, withDeleted) => (await opening).findDocumentsById(ids, withDeleted),
    query: async (query) => (await opening).query(query),
    count: async (query) => (await opening).count(query),
    getAttachmentData: async (...asked) => (await opening).getAttachmentData(...asked),
    changeStream: () => memory.changeStream() as ReturnType<AnyInstance['changeStream']>,
    cleanup: async (minimumDeletedTime) => (await opening).cleanup(minimumDeletedTime),
    remove: async () => (await opening).remove(),
    // One that did not open has nothing to close.
    close: () =>
      opening.then(
        (opened) => opened.close(),
        () => undefined,
      ),
  };
}

/** Documents as they come from the server. */
export type Doc = Readonly<Record<string, unknown>>;

/**
 * Puts documents one by one into a bare IndexedDB store, in one transaction with strict durability, and reads all of them back: how
 * long each took, in milliseconds. Throws when fewer come back. The store is removed afterwards unless it is to be kept.
 */
export async function timeRawStore(
  name: string,
  documents: readonly Doc[],
  keep = false,
): Promise<{ readonly ms: number; readonly readMs: number }> {
  const opening = indexedDB.open(name, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore('docs', { keyPath: 'id' });
  const database = await settled(opening);
  const begun = performance.now();
  await putAll(database, documents);
  const written = performance.now();
  const read = await settled(database.transaction('docs').objectStore('docs').getAll());
  const done = performance.now();
  database.close();
  if (!keep) await settled(indexedDB.deleteDatabase(name));
  if (read.length !== documents.length) throw new Error(`${read.length} of ${documents.length} came back.`);
  return { ms: written - begun, readMs: done - written };
}

/** Opens a store that was kept and reads all of it back: how long that took, opening included, and how many came. */
export async function timeReadBack(name: string): Promise<{ readonly ms: number; readonly documents: number }> {
  const begun = performance.now();
  const database = await settled(indexedDB.open(name, 1));
  const read = await settled(database.transaction('docs').objectStore('docs').getAll());
  const ms = performance.now() - begun;
  database.close();
  return { ms, documents: read.length };
}

function putAll(database: IDBDatabase, documents: readonly Doc[]): Promise<void> {
  const transaction = database.transaction('docs', 'readwrite', { durability: 'strict' });
  const store = transaction.objectStore('docs');
  for (const document of documents) store.put(document);
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error('The raw store was not written.'));
  });
}

export function settled<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB refused.'));
  });
}

import { saleBytes } from '../till/sale-bytes.ts';
import type { Sample } from '../till/till-round.ts';
import { settled } from './raw-store.ts';

/** The least that a sale on disk can cost: one signature, and one strict write of as many bytes into a bare store. */
export interface RawLimit {
  /** A sale of this many lines. */
  measure(lines: number): Promise<Sample>;
  close(): void;
}

const NAME = 'laci-raw-limit';

export async function createRawLimit(): Promise<RawLimit> {
  const opening = indexedDB.open(NAME, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore('sales', { keyPath: 'id' });
  const database = await settled(opening);
  const keys = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);
  let id = Date.now();
  return {
    measure: async (lines) => {
      id += 1;
      const begun = performance.now();
      const text = new TextEncoder().encode(`laci-entry\n${id}\n${'0'.repeat(64)}`);
      const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, keys.privateKey, text);
      await put(database, { id, signature, body: 'x'.repeat(saleBytes(lines)) });
      const took = performance.now() - begun;
      return { done: took, shown: took };
    },
    close: () => {
      database.close();
      indexedDB.deleteDatabase(NAME);
    },
  };
}

function put(database: IDBDatabase, document: object): Promise<void> {
  const transaction = database.transaction('sales', 'readwrite', { durability: 'strict' });
  transaction.objectStore('sales').put(document);
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error('The raw store was not written.'));
  });
}

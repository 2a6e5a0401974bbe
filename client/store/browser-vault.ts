import { type LastingDatabase, openLastingDatabase } from './lasting-database.ts';
import { type Change, Superseded, type Vault, type VaultValues } from './vault.ts';

const STORE = 'values';

/** The name of a slot's vault database. The list of slots is the list of these. */
export const VAULT_PREFIX = 'laci-vault-';

/**
 * A vault in an IndexedDB database of its own. Keys of WebCrypto are stored as they are: the browser keeps them
 * unreadable. Rejects when the browser refuses the disk.
 */
export async function openBrowserVault(slot: string, indexedDb: IDBFactory): Promise<Vault> {
  const layOut = (made: IDBDatabase) => void made.createObjectStore(STORE);
  const database = await openLastingDatabase({ name: `${VAULT_PREFIX}${slot}`, version: 1, layOut }, indexedDb);
  const ahead = createAhead(database);
  return {
    get: async <Key extends keyof VaultValues>(key: Key) =>
      ahead.has(key)
        ? (ahead.get(key) as VaultValues[Key] | undefined)
        : settled((await database.begin(STORE)).objectStore(STORE).get(key)),
    put: (key, value) => {
      ahead.overtake(key);
      return putStrictly(database, key, value);
    },
    change: (key, change, holder) => {
      ahead.overtake(key);
      return changeStrictly(database, key, change, holder);
    },
    ahead,
    close: () => database.close(),
  };
}

/** {@link Vault.ahead}, with what is known of it. */
function createAhead(database: LastingDatabase) {
  let values: ReadonlyMap<IDBValidKey, unknown> | null = null;
  let isOver = false;
  /** Written here since: the disk knows better. */
  const overtaken = new Set<keyof VaultValues>();
  return {
    has: (key: keyof VaultValues) => values !== null && !overtaken.has(key),
    get: (key: keyof VaultValues) => values?.get(key),
    overtake: (key: keyof VaultValues) => void overtaken.add(key),
    read: async () => {
      if (isOver) return;
      values = null;
      overtaken.clear();
      const store = (await database.begin(STORE)).objectStore(STORE);
      const [keys, read] = await Promise.all([settled(store.getAllKeys()), settled(store.getAll())]);
      values = new Map(keys.map((key, at) => [key, read[at]]));
    },
    end: () => {
      isOver = true;
      values = null;
    },
  };
}

/** A vault that is being opened: whoever asks for something waits for it, and is told when it does not open. */
export function openingVault(opening: Promise<Vault>): Vault {
  opening.catch(() => undefined);
  return {
    get: async (key) => (await opening).get(key),
    put: async (key, value) => (await opening).put(key, value),
    change: async (key, change, holder) => (await opening).change(key, change, holder),
    ahead: {
      read: async () => (await opening).ahead?.read(),
      end: () => void opening.then(({ ahead }) => ahead?.end()).catch(() => undefined),
    },
    close: () =>
      void opening.then(
        (vault) => vault.close(),
        () => undefined,
      ),
  };
}

/** The slots of this browser that ever opened a vault. */
export async function listSlots(indexedDb: IDBFactory): Promise<string[]> {
  const databases = await indexedDb.databases();
  const names = databases.flatMap(({ name }) =>
    name?.startsWith(VAULT_PREFIX) ? [name.slice(VAULT_PREFIX.length)] : [],
  );
  return names.sort();
}

/** A power cut must not take back what a screen already showed: strict durability waits for the disk. */
async function putStrictly(database: LastingDatabase, key: string, value: unknown): Promise<void> {
  const transaction = await database.begin(STORE, 'readwrite');
  transaction.objectStore(STORE).put(value, key);
  return finished(transaction);
}

async function changeStrictly<Key extends keyof VaultValues>(
  database: LastingDatabase,
  key: Key,
  change: Change<Key>,
  holder: number | undefined,
): Promise<VaultValues[Key]> {
  const transaction = await database.begin(STORE, 'readwrite');
  const done = finished(transaction);
  // It rejects where the reading does; that is what is told.
  done.catch(() => undefined);
  const store = transaction.objectStore(STORE);
  const [holds, now] = await Promise.all([settled(store.get('holder')), settled(store.get(key))]);
  if (holder !== undefined && holds !== holder) {
    transaction.abort();
    throw new Superseded();
  }
  const next = change(now);
  store.put(next, key);
  await done;
  return next;
}

function finished(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error('The vault could not be written.'));
  });
}

function settled<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('The vault could not be read.'));
  });
}

/** A database of IndexedDB whose connection lasts: where the browser closed it, the next who asks makes it again. */
export interface LastingDatabase {
  /** A transaction over these tables; one that writes is strict. Rejects when the browser refuses the disk. */
  begin(tables: string | readonly string[], mode?: 'readonly' | 'readwrite'): Promise<IDBTransaction>;
  close(): void;
}

export interface DatabaseLayout {
  readonly name: string;
  readonly version: number;
  /** Makes the tables of a new database. */
  readonly layOut: (database: IDBDatabase) => void;
}

/**
 * Opens (or makes) a database. Browsers close a connection under a page that slept, or whose disk was in trouble; iOS does so every day.
 * It is not made again once somebody removes the database, and one that is gone is not made anew under a page that holds what was in it.
 */
export async function openLastingDatabase(layout: DatabaseLayout, indexedDb: IDBFactory): Promise<LastingDatabase> {
  let isClosed = false;
  const connect = async (layOut: (database: IDBDatabase) => void) => {
    const connected = await openDatabase({ ...layout, layOut }, indexedDb);
    connected.onversionchange = () => {
      isClosed = true;
      connected.close();
    };
    if (isClosed) connected.close();
    return connected;
  };
  let database = await connect(layout.layOut);
  let again: Promise<IDBDatabase> | null = null;
  const reconnect = () => {
    again ??= connect(refuse).finally(() => {
      again = null;
    });
    return again;
  };
  return {
    begin: async (tables, mode = 'readonly') => {
      const start = () => database.transaction(tables as string, mode, { durability: 'strict' });
      try {
        return start();
      } catch (error) {
        if (isClosed || !isLost(error)) throw error;
      }
      database = await reconnect();
      return start();
    },
    close: () => {
      isClosed = true;
      database.close();
    },
  };
}

function isLost(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'InvalidStateError';
}

/** What is thrown while a database is laid out ends its opening. */
function refuse(): never {
  throw new Error('The browser no longer has what this device kept.');
}

function openDatabase({ name, version, layOut }: DatabaseLayout, indexedDb: IDBFactory): Promise<IDBDatabase> {
  const request = indexedDb.open(name, version);
  let refused: unknown;
  request.onupgradeneeded = () => {
    try {
      layOut(request.result);
    } catch (error) {
      refused = error;
      request.transaction?.abort();
    }
  };
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = (event) => {
      event.preventDefault();
      reject(refused ?? request.error ?? new Error('The database could not be opened.'));
    };
  });
}

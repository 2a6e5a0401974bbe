import { type LastingDatabase, openLastingDatabase } from '../lasting-database.ts';
import type { LogRecord } from './log-record.ts';

/** A record that is not what was written: its place, and what can still be read of it. */
export interface DamagedRecord {
  readonly n: number;
  readonly collection?: string;
  readonly text?: string;
}

/** What one transaction does to a log. */
export interface LogEdit {
  readonly add: readonly LogRecord[];
  /** Numbers of records whose place those take. */
  readonly drop?: readonly number[];
  /** Records that stand in the place of those of their number from now on: they say the same. */
  readonly amend?: ReadonlyMap<number, LogRecord>;
  /** Damaged records to lay aside. */
  readonly aside?: readonly DamagedRecord[];
}

/**
 * A list of records on disk, numbered from 1. Numbers only grow: whoever adds or drops adds at the end, so that the last number
 * tells whether another tab was here.
 */
export interface LogFile {
  /** Reads all records in order, `undefined` for one that the disk does not give. */
  readAll(take: (n: number, value: unknown) => void): Promise<void>;
  /** These records, `undefined` for one that is not there. */
  read(numbers: readonly number[]): Promise<unknown[]>;
  /** The number of the last record; 0 for an empty log. */
  last(): Promise<number>;
  /**
   * Adds behind record `after`, in one transaction that is on the disk when this resolves. False, and nothing done, when that is not the
   * last one: another tab wrote. Rejects when the disk fails, and then nothing was done either.
   */
  edit(after: number, edit: LogEdit): Promise<boolean>;
  /** What was laid aside. */
  aside(): Promise<DamagedRecord[]>;
  close(): void;
}

const [LOG, ASIDE] = ['log', 'damaged'];
/** Opens (or makes) a log in an IndexedDB database of its own. Rejects when the browser refuses the disk. */
export async function openLogFile(name: string, indexedDb: IDBFactory): Promise<LogFile> {
  return logFileIn(await openLastingDatabase({ name, version: 1, layOut }, indexedDb));
}

/** The same for one that is there; where there is none, none is made, and it rejects. */
export async function openMadeLogFile(name: string, indexedDb: IDBFactory): Promise<LogFile> {
  const refuse = () => {
    throw new Error('There is no such log.');
  };
  return logFileIn(await openLastingDatabase({ name, version: 1, layOut: refuse }, indexedDb));
}

function logFileIn(database: LastingDatabase): LogFile {
  const store = async (which: string) => (await database.begin(which)).objectStore(which);
  return {
    readAll: (take) => readAll(database, take),
    read: (numbers) => readEach(store, numbers),
    last: async () => ((await settled((await store(LOG)).openKeyCursor(null, 'prev')))?.key as number | undefined) ?? 0,
    edit: (after, change) => edit(database, after, change),
    aside: async () => settled((await store(ASIDE)).getAll()),
    close: () => database.close(),
  };
}

/**
 * In one transaction, so that no other tab rewrites records that were read and some that were not. Keys and records are asked for at once: a page
 * that is busy, as it is at its start, hears of both when it has time, and waits for neither. Nor does it wait to hear that the transaction is over.
 */
async function readAll(database: LastingDatabase, take: (n: number, value: unknown) => void): Promise<void> {
  const transaction = await database.begin(LOG);
  const log = transaction.objectStore(LOG);
  const keys = log.getAllKeys();
  const values = log.getAll();
  values.onerror = (event) => {
    // One that the disk refuses makes all fail: then each is asked for by itself.
    event.preventDefault();
    for (const n of keys.result as number[]) readOne(log, n, (value) => take(n, value));
  };
  return new Promise((resolve, reject) => {
    values.onsuccess = () => {
      for (const [at, n] of (keys.result as number[]).entries()) take(n, values.result[at]);
      resolve();
    };
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error('The log could not be read.'));
  });
}

function readOne(log: IDBObjectStore, n: number, take: (value: unknown) => void): void {
  const request = log.get(n);
  request.onsuccess = () => take(request.result);
  request.onerror = (event) => {
    event.preventDefault();
    take(undefined);
  };
}

function readEach(store: (which: string) => Promise<IDBObjectStore>, numbers: readonly number[]): Promise<unknown[]> {
  return Promise.all(numbers.map(async (n) => settled((await store(LOG)).get(n)).catch(() => undefined)));
}

async function edit(
  database: LastingDatabase,
  after: number,
  { add, drop = [], amend = new Map(), aside = [] }: LogEdit,
): Promise<boolean> {
  const transaction = await database.begin(aside.length > 0 ? [LOG, ASIDE] : LOG, 'readwrite');
  const log = transaction.objectStore(LOG);
  let overtaken = false;
  const last = log.openKeyCursor(null, 'prev');
  last.onsuccess = () => {
    if ((last.result?.key ?? 0) === after) return;
    overtaken = true;
    transaction.abort();
  };
  for (const [index, record] of add.entries()) log.add(record, after + 1 + index);
  for (const n of drop) log.delete(n);
  for (const [n, record] of amend) log.put(record, n);
  for (const record of aside) {
    transaction.objectStore(ASIDE).put(record, record.n);
    log.delete(record.n);
  }
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(true);
    transaction.onabort = () =>
      overtaken ? resolve(false) : reject(transaction.error ?? new Error('The log could not be written.'));
  });
}

function layOut(database: IDBDatabase): void {
  for (const store of [LOG, ASIDE]) database.createObjectStore(store);
}

function settled<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = (event) => {
      // What cannot be read fails its asker, not the other reads beside it.
      event.preventDefault();
      reject(request.error ?? new Error('The log could not be read.'));
    };
  });
}

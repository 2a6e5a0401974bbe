import type { DamagedRecord, LogFile } from './log-file.ts';
import { decodeRecord, type LogRecord, type ReadRecord } from './log-record.ts';
import { StoredDocs } from './stored-docs.ts';

/** A record of one collection: where it lies, how many documents and keys it names, and in how many characters. */
export interface RecordNote {
  readonly n: number;
  readonly rows: number;
  readonly size: number;
  /** All that the collection held before is gone. */
  readonly emptied: boolean;
}

/** One collection as its records say, each document as the last of them that names it has it. */
export interface ReplayedCollection {
  readonly docs: StoredDocs;
  readonly notes: RecordNote[];
}

export interface ReplayedLog {
  readonly last: number;
  readonly collections: Map<string, ReplayedCollection>;
  readonly damaged: readonly DamagedRecord[];
}

/** True for a collection in which RxDB notes how far a pull came. */
export function isPosition(collection: string): boolean {
  return collection.startsWith('rx-replication-meta-');
}

/**
 * Reads a whole log. Where a record is damaged nobody knows what it held: the rest is taken as it is, and what says how far pulls came
 * is not believed, so that all that the server has comes again.
 */
export async function replayLog(file: LogFile): Promise<ReplayedLog> {
  const collections: ReplayedLog['collections'] = new Map();
  const damaged: DamagedRecord[] = [];
  let last = 0;
  await file.readAll((n, value) => {
    last = n;
    const record = decodeRecord(value);
    if (record) replayRecord(collections, n, record);
    else damaged.push(damagedRecord(n, value));
  });
  if (damaged.length > 0) for (const [name, { docs }] of collections) if (isPosition(name)) docs.clear();
  return { last, collections, damaged };
}

function replayRecord(
  collections: ReplayedLog['collections'],
  n: number,
  { collection, key, change, rows, size }: ReadRecord,
): void {
  const held: ReplayedCollection = collections.get(collection) ?? { docs: new StoredDocs(), notes: [] };
  collections.set(collection, held);
  held.notes.push({ n, rows, size, emptied: change.emptied });
  if (change.emptied) held.docs.clear();
  for (const doc of change.docs) held.docs.set(String(doc[key]), doc);
  for (const { fields, docs } of change.alike) for (const doc of docs) held.docs.setBare(String(doc[key]), doc, fields);
  for (const id of change.gone) held.docs.delete(id);
}

function damagedRecord(n: number, value: unknown): DamagedRecord {
  const { collection, text } = (value ?? {}) as Partial<LogRecord>;
  return {
    n,
    ...(typeof collection === 'string' ? { collection } : {}),
    ...(typeof text === 'string' ? { text } : {}),
  };
}

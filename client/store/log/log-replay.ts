import { type WhenAsked, whenAsked } from '../when-asked.ts';
import type { DamagedRecord, LogFile } from './log-file.ts';
import { answerPage, readRecord, textOf, type Unread, type WholeRecord, wholeRecord } from './log-record.ts';
import { StoredDocs } from './stored-docs.ts';

/** A record of one collection: where it lies, how many documents and keys it names, and in how many characters. */
export interface RecordNote {
  readonly n: number;
  readonly rows: number;
  readonly size: number;
  /** All that the collection held before is gone. */
  readonly emptied: boolean;
  /** A page of a server's answer that has no index. */
  readonly isBare?: boolean;
}

/** One collection as its records say, each document as the last of them that names it has it. */
export interface ReplayedCollection {
  readonly docs: StoredDocs;
  readonly notes: RecordNote[];
}

export interface ReplayedLog {
  readonly last: number;
  /** Each is read out when it is first asked for: a start waits for what it shows first, not for all. */
  readonly collections: Map<string, WhenAsked<ReplayedCollection>>;
  readonly damaged: readonly DamagedRecord[];
}

/** True for a collection in which RxDB notes how far a pull came. */
export function isPosition(collection: string): boolean {
  return collection.startsWith('rx-replication-meta-');
}

interface NumberedRecord extends WholeRecord {
  readonly n: number;
}

/**
 * Reads a whole log. Where a record is damaged nobody knows what it held: the rest is taken as it is, and what says how far pulls came
 * is not believed, so that all that the server has comes again.
 */
export async function replayLog(file: LogFile): Promise<ReplayedLog> {
  const records = new Map<string, NumberedRecord[]>();
  const damaged: DamagedRecord[] = [];
  let last = 0;
  await file.readAll((n, value) => {
    last = n;
    const whole = wholeRecord(value);
    if (!whole) damaged.push(damagedRecord(n, value));
    else if (records.has(whole.collection)) records.get(whole.collection)?.push({ ...whole, n });
    else records.set(whole.collection, [{ ...whole, n }]);
  });
  const collections: ReplayedLog['collections'] = new Map();
  for (const [name, own] of records) {
    const isWhole = damaged.length === 0;
    collections.set(
      name,
      whenAsked(() => replayRecords(isWhole ? own : own.map(withoutIndex), isWhole || !isPosition(name))),
    );
  }
  return { last, collections, damaged };
}

/** A document may stand in two pages where what took it away between them is damaged: an index says nothing of that. */
function withoutIndex(record: NumberedRecord): NumberedRecord {
  return { ...record, index: null };
}

function replayRecords(records: readonly NumberedRecord[], isBelieved: boolean): ReplayedCollection {
  const held: ReplayedCollection = { docs: new StoredDocs(), notes: [] };
  for (const record of records) replayRecord(held, record);
  if (!isBelieved) held.docs.clear();
  return held;
}

function replayRecord({ docs: held, notes }: ReplayedCollection, record: NumberedRecord): void {
  const page = answerPage(record);
  if (page) {
    notes.push({ n: record.n, rows: record.rows, size: record.json.length, emptied: false, isBare: !page.indexed });
    held.setPage(page);
    return;
  }
  const { key, change, rows, size } = readRecord(record);
  notes.push({ n: record.n, rows, size, emptied: change.emptied });
  if (change.emptied) held.clear();
  for (const doc of change.docs) held.set(String(doc[key]), doc);
  for (const { fields, docs } of change.alike) held.setPage({ key, docs: () => docs, fields });
  for (const id of change.gone) held.delete(id);
}

function damagedRecord(n: number, value: unknown): DamagedRecord {
  const { collection, text, bytes } = (value ?? {}) as Unread;
  const json = bytes instanceof Uint8Array ? textOf(bytes) : text;
  return {
    n,
    ...(typeof collection === 'string' ? { collection } : {}),
    ...(typeof json === 'string' ? { text: json } : {}),
  };
}

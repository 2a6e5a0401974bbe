import type { RxDocumentData } from 'rxdb';
import { type OwnDoc, ownFields, type RxFields, rxFields } from './stored-docs.ts';

/** A document as RxDB's storages hold it, with what RxDB keeps beside its fields. */
export type StoredDoc = RxDocumentData<Readonly<Record<string, unknown>>>;

/** Documents that share what RxDB keeps beside their fields, so that it is written once. */
export interface AlikeDocs {
  readonly fields: RxFields;
  readonly docs: readonly OwnDoc[];
}

/** What one write did to one collection. */
export interface LogChange {
  /** Documents as they are from now on, tombstones included. */
  readonly docs: readonly StoredDoc[];
  /** The same, of documents none of which is a tombstone. */
  readonly alike: readonly AlikeDocs[];
  /** Keys that are gone without a tombstone. */
  readonly gone: readonly string[];
  /** All that the collection held before is gone. */
  readonly emptied: boolean;
}

/** A change as it lies on disk. */
export interface LogRecord {
  /** Name and schema version of the collection. */
  readonly collection: string;
  /** The field that is its documents' key. */
  readonly key: string;
  /** The change as JSON. */
  readonly text: string;
  /** {@link LogChange.emptied} */
  readonly emptied: boolean;
  /** There when it holds {@link LogChange.alike}. Whoever does not know of them takes the record for damaged, and pulls it anew. */
  readonly form?: typeof ALIKE;
  /** Documents and keys that it names. */
  readonly rows: number;
  /** What {@link checksum} says of all before. */
  readonly sum: number;
}

export interface ReadRecord {
  readonly collection: string;
  readonly key: string;
  readonly rows: number;
  /** Characters of its text. */
  readonly size: number;
  readonly change: LogChange;
}

const ALIKE = 'alike';

/** Throws where a document is no JSON. */
export function encodeRecord(collection: string, key: string, change: Partial<LogChange>): LogRecord {
  const { docs = [], alike = [], gone = [], emptied = false } = change;
  const isPlain = alike.length === 0;
  const text = JSON.stringify({ docs, gone, emptied, ...(isPlain ? {} : { alike }) });
  const rows = rowsOf({ docs, alike, gone });
  const record = { collection, key, text, rows, emptied };
  if (isPlain) return { ...record, sum: checksum(collection, key, text) };
  return { ...record, form: ALIKE, sum: checksum(collection, key, text, ALIKE) };
}

/** A record that is what was written, and not read out. */
export type WholeRecord = Pick<LogRecord, 'collection' | 'key' | 'text'>;

/** Gives null for what is not, to the last character, what was written. */
export function wholeRecord(value: unknown): WholeRecord | null {
  const { collection, key, text, sum, form } = (value ?? {}) as Partial<LogRecord>;
  if (typeof collection !== 'string' || typeof key !== 'string' || typeof text !== 'string') return null;
  if (checksum(collection, key, text, form) !== sum) return null;
  // Of a newer version: whole, and not for this one to read.
  if (form !== undefined && form !== ALIKE) return null;
  return { collection, key, text };
}

export function readRecord({ collection, key, text }: WholeRecord): ReadRecord {
  const change: LogChange = { alike: [], ...JSON.parse(text) };
  return { collection, key, change, rows: rowsOf(change), size: text.length };
}

/** Both: null for what is not what was written. */
export function decodeRecord(value: unknown): ReadRecord | null {
  const whole = wholeRecord(value);
  return whole && readRecord(whole);
}

/** Lays documents that share what RxDB keeps beside their fields together. */
export function asAlike(docs: readonly StoredDoc[]): Pick<LogChange, 'docs' | 'alike'> {
  const groups = Map.groupBy(docs, ({ _meta, _deleted }) => (_deleted ? null : _meta));
  const [few, many] = [[] as StoredDoc[], [] as AlikeDocs[]];
  for (const [meta, group] of groups) {
    const [first] = group;
    const isAlike = first && meta !== null && group.every(({ _rev }) => _rev === first._rev);
    if (!isAlike || group.length < 2) few.push(...group);
    else many.push({ fields: rxFields(first), docs: group.map((doc) => ownFields<OwnDoc>(doc)) });
  }
  return { docs: few, alike: many };
}

function rowsOf({ docs, alike, gone }: Pick<LogChange, 'docs' | 'alike' | 'gone'>): number {
  return alike.reduce((sum, { docs: { length } }) => sum + length, docs.length + gone.length);
}

const FNV_BASIS = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/**
 * FNV-1a (RFC 9923) over UTF-16 units: not against people, who can write on their own disk, but against disks, which cut and flip. 10 MB
 * take some tens of milliseconds.
 */
export function checksum(...texts: readonly (string | undefined)[]): number {
  let sum = FNV_BASIS;
  for (const text of texts) {
    if (text === undefined) continue;
    sum = Math.imul(sum ^ text.length, FNV_PRIME);
    for (let at = 0; at < text.length; at += 1) sum = Math.imul(sum ^ text.charCodeAt(at), FNV_PRIME);
  }
  return sum >>> 0;
}

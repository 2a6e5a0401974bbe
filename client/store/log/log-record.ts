import type { RxDocumentData } from 'rxdb';
import { whenAsked } from '../when-asked.ts';
import { checksum, checksumOfBytes } from './checksum.ts';
import { indexedPage, type PageIndex, wholeIndex } from './page-index.ts';
import type { BarePage, OwnDoc, RxFields } from './stored-docs.ts';

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

interface RecordHead {
  /** Name and schema version of the collection. */
  readonly collection: string;
  /** The field that is its documents' key. */
  readonly key: string;
  /** {@link LogChange.emptied} */
  readonly emptied: boolean;
  /** Documents and keys that it names. */
  readonly rows: number;
  /** The checksum of all that is read of it. */
  readonly sum: number;
}

/** A change as it lies on disk, as JSON. */
export interface TextRecord extends RecordHead {
  readonly text: string;
  /** There when it holds {@link LogChange.alike}, as versions before {@link BytesRecord} wrote it. */
  readonly form?: typeof ALIKE;
}

/**
 * One that holds {@link LogChange.alike}: its JSON in UTF-8. A text with one letter from further away takes twice its length in memory and on the
 * disk, and is copied several times on its way. Whoever does not know of it takes the record for damaged, and pulls it anew.
 */
export interface BytesRecord extends RecordHead {
  readonly form: typeof BYTES;
  readonly bytes: Uint8Array;
}

/**
 * A page of a first pull of which all was taken: the server's answer, byte by byte, and what its documents share. Making its JSON anew would
 * say the same. To whoever does not know of it it is as above.
 */
export interface AnswerRecord extends RecordHead {
  readonly form: typeof ANSWER;
  readonly bytes: Uint8Array;
  /** {@link AlikeDocs.fields} as JSON. */
  readonly fields: string;
  /** With a sum of its own, which covers the record's too: whoever does not know of it, or finds it damaged, reads the page without. */
  readonly index?: PageIndex & Pick<RecordHead, 'sum'>;
}

export type LogRecord = TextRecord | BytesRecord | AnswerRecord;

export interface ReadRecord {
  readonly collection: string;
  readonly key: string;
  readonly rows: number;
  /** Characters of its JSON, or its bytes. */
  readonly size: number;
  readonly change: LogChange;
}

const ALIKE = 'alike';
const BYTES = 'bytes';
const ANSWER = 'answer';

/** Throws where a document is no JSON. */
export function encodeRecord(collection: string, key: string, change: Partial<LogChange>): LogRecord {
  const { docs = [], alike = [], gone = [], emptied = false } = change;
  const head = { collection, key, rows: rowsOf({ docs, alike, gone }), emptied };
  if (alike.length === 0) {
    const text = JSON.stringify({ docs, gone, emptied });
    return { ...head, text, sum: checksum(collection, key, text) };
  }
  const bytes = new TextEncoder().encode(JSON.stringify({ docs, gone, emptied, alike }));
  return { ...head, form: BYTES, bytes, sum: sumOf(collection, key, bytes) };
}

/** A page of new documents, as the answer that brought them where there is one that says just them. */
export function encodePage(collection: string, key: string, { docs, fields, answer: bytes }: Page): LogRecord {
  if (!bytes) return encodeRecord(collection, key, { alike: [{ fields, docs }] });
  const shared = JSON.stringify(fields);
  const head = { collection, key, rows: docs.length, emptied: false };
  const sum = sumOf(collection, key, bytes, shared);
  return { ...head, form: ANSWER, fields: shared, bytes, sum };
}

interface Page extends AlikeDocs {
  readonly answer?: Uint8Array | undefined;
}

/** A record that is what was written, and not read out. */
export interface WholeRecord extends Pick<LogRecord, 'collection' | 'key'> {
  /** Documents and keys that it says it names; its sum does not cover that. */
  readonly rows: number;
  readonly json: string | Uint8Array;
  /** There where the JSON is a server's answer. */
  readonly fields?: string | undefined;
  /** There where that has one. */
  readonly index?: PageIndex | null;
}

/** What the disk gives for a record: whatever it likes. */
export type Unread = Readonly<Partial<Record<keyof TextRecord | keyof AnswerRecord, unknown>>>;

/** Gives null for what is not, to the last character, what was written, and for what a newer version wrote. */
export function wholeRecord(value: unknown): WholeRecord | null {
  const { collection, key, text, bytes, fields, sum, form, index, rows: said } = (value ?? {}) as Unread;
  if (typeof collection !== 'string' || typeof key !== 'string') return null;
  const rows = typeof said === 'number' ? said : 0;
  if (form === BYTES || form === ANSWER) {
    const shared = form === ANSWER ? String(fields) : undefined;
    if (!(bytes instanceof Uint8Array) || sumOf(collection, key, bytes, shared) !== sum) return null;
    return { collection, key, rows, json: bytes, fields: shared, index: index ? wholeIndex(index, sum) : null };
  }
  if (typeof text !== 'string' || (form !== undefined && form !== ALIKE)) return null;
  return checksum(collection, key, text, form) === sum ? { collection, key, rows, json: text } : null;
}

export function readRecord({ collection, key, json, fields }: WholeRecord): ReadRecord {
  const said = JSON.parse(textOf(json));
  const change: LogChange = fields === undefined ? { alike: [], ...said } : changeOf(said, JSON.parse(fields));
  return { collection, key, change, rows: rowsOf(change), size: json.length };
}

/** The page that a server's answer brought, read out when somebody asks for it; null for any other record. */
export function answerPage({ key, json, fields, index }: WholeRecord): BarePage | null {
  if (fields === undefined) return null;
  const page = { key, fields: JSON.parse(fields) };
  if (!index) return { ...page, docs: whenAsked((): readonly OwnDoc[] => JSON.parse(textOf(json)).documents) };
  const indexed = indexedPage(json as Uint8Array, index, textOf);
  return { ...page, docs: indexed.docs, indexed };
}

/** Characters of a record's JSON, or its bytes. */
export function sizeOf(record: LogRecord): number {
  return 'bytes' in record ? record.bytes.length : record.text.length;
}

const decoder = new TextDecoder();

/** What can be read of a record's JSON, whatever it is. */
export function textOf(json: string | Uint8Array): string {
  return typeof json === 'string' ? json : decoder.decode(json);
}

/** What an answer says. */
function changeOf({ documents: docs }: { readonly documents: readonly OwnDoc[] }, fields: RxFields): LogChange {
  return { docs: [], alike: [{ fields, docs }], gone: [], emptied: false };
}

function sumOf(collection: string, key: string, bytes: Uint8Array, fields?: string): number {
  return checksumOfBytes(checksum(collection, key, fields), bytes);
}

/** Both: null for what is not what was written. */
export function decodeRecord(value: unknown): ReadRecord | null {
  const whole = wholeRecord(value);
  return whole && readRecord(whole);
}

function rowsOf({ docs, alike, gone }: Pick<LogChange, 'docs' | 'alike' | 'gone'>): number {
  return alike.reduce((sum, { docs: { length } }) => sum + length, docs.length + gone.length);
}

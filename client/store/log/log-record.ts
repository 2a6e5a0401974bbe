import type { RxDocumentData } from 'rxdb';

/** A document as RxDB's storages hold it, with what RxDB keeps beside its fields. */
export type StoredDoc = RxDocumentData<Readonly<Record<string, unknown>>>;

/** What one write did to one collection. */
export interface LogChange {
  /** Documents as they are from now on, tombstones included. */
  readonly docs: readonly StoredDoc[];
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

/** Throws where a document is no JSON. */
export function encodeRecord(collection: string, key: string, change: Partial<LogChange>): LogRecord {
  const whole: LogChange = { docs: [], gone: [], emptied: false, ...change };
  const text = JSON.stringify(whole);
  const rows = whole.docs.length + whole.gone.length;
  return { collection, key, text, rows, emptied: whole.emptied, sum: checksum(collection, key, text) };
}

/** Gives null for what is not, to the last character, what was written. */
export function decodeRecord(value: unknown): ReadRecord | null {
  const { collection, key, text, sum } = (value ?? {}) as Partial<LogRecord>;
  if (typeof collection !== 'string' || typeof key !== 'string' || typeof text !== 'string') return null;
  if (checksum(collection, key, text) !== sum) return null;
  const change: LogChange = JSON.parse(text);
  return { collection, key, change, rows: change.docs.length + change.gone.length, size: text.length };
}

const FNV_BASIS = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/**
 * FNV-1a (RFC 9923) over UTF-16 units: not against people, who can write on their own disk, but against disks, which cut and flip. 10 MB
 * take some tens of milliseconds.
 */
function checksum(...texts: readonly string[]): number {
  let sum = FNV_BASIS;
  for (const text of texts) {
    sum = Math.imul(sum ^ text.length, FNV_PRIME);
    for (let at = 0; at < text.length; at += 1) sum = Math.imul(sum ^ text.charCodeAt(at), FNV_PRIME);
  }
  return sum >>> 0;
}

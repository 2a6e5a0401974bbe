import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { rowSum } from './row-sum.ts';

/** Bytes of text that all texts of a segment are packed against: what deflate can look back at. */
const DICTIONARY_BYTES = 32 * 1024;
const LAYOUT = `
CREATE TABLE dictionary (bytes BLOB NOT NULL) STRICT;
CREATE TABLE text (id TEXT PRIMARY KEY, packed BLOB NOT NULL, sum INTEGER NOT NULL) STRICT, WITHOUT ROWID;
`;

/** The text of one entry. */
export interface SegmentText {
  readonly id: string;
  readonly json: string;
}

/** Archived texts in a file that never changes. */
export interface Segment {
  /** Throws where there is no such text, or it is not what was written. */
  read(id: string): string;
  close(): void;
}

/** Throws where the file is not there or no segment. */
export function openSegment(path: string): Segment {
  if (!existsSync(path)) throw new Error(`the file ${path} is not there`);
  const database = new Database(path, { readonly: true, fileMustExist: true });
  try {
    const dictionary = database.prepare<[], Buffer>('SELECT bytes FROM dictionary').pluck().get();
    const text = database.prepare<unknown[], { packed: Buffer; sum: number }>(
      'SELECT packed, sum FROM text WHERE id = ?',
    );
    return {
      read: (id) => {
        const row = text.get(id);
        if (!row || !dictionary) throw new Error('it is not there');
        const json = inflateRawSync(row.packed, { dictionary }).toString('utf8');
        if (rowSum([id, json]) !== row.sum) throw new Error('it is not what was written: the checksum differs');
        return json;
      },
      close: () => database.close(),
    };
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Writes texts into a new file, each packed by itself so that it can be read by itself. Not yet on disk when it returns. */
export function writeSegment(path: string, texts: readonly SegmentText[]): void {
  const database = new Database(path);
  try {
    database.pragma('journal_mode = MEMORY');
    database.exec(LAYOUT);
    const dictionary = makeDictionary(texts);
    const add = database.prepare('INSERT INTO text VALUES (?, ?, ?)');
    database.transaction(() => {
      database.prepare('INSERT INTO dictionary VALUES (?)').run(dictionary);
      for (const { id, json } of texts.toSorted((left, right) => (left.id < right.id ? -1 : 1)))
        add.run(id, deflateRawSync(json, { level: 9, dictionary }), rowSum([id, json]));
    })();
  } finally {
    database.close();
  }
}

/** Texts from all over the segment, as many as fit: what one entry has in common with the others is written once. */
function makeDictionary(texts: readonly SegmentText[]): Buffer {
  const samples = 64;
  const step = Math.max(1, Math.floor(texts.length / samples));
  const joined = texts.filter((_, index) => index % step === 0).map(({ json }) => json);
  return Buffer.from(joined.join('')).subarray(-DICTIONARY_BYTES);
}

/** The name that a finished segment bears: the beginning of the SHA-256 of its bytes. */
export function segmentNameOf(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex').slice(0, 16);
}

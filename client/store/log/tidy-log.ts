import type { Timers } from '../../device/device-deps.ts';
import { asAlike } from './as-alike.ts';
import { decodeRecord, encodeRecord, type ReadRecord, type StoredDoc } from './log-record.ts';
import type { RecordNote } from './log-replay.ts';
import type { Log, Replacement } from './open-log.ts';

/** A collection is rewritten when its records name more than twice as many documents as it has, and so many more. */
export const SUPERSEDED_MAX = 1_000;
/** A record of fewer is small, and so many small ones of a collection become one. */
export const SMALL_ROWS = 100;
export const SMALL_RECORDS_MAX = 50;
/** Documents, and characters, rewritten in one piece: some tens of milliseconds on a slow tablet. */
export const PIECE_ROWS = 1_000;
const PIECE_CHARACTERS = 1024 * 1024;
/** Between two pieces, in milliseconds. */
const PAUSE_MS = 200;

/**
 * Rewrites what became too long, a piece at a time with a pause behind each: of the records of a piece only what is true today is written
 * again, in one transaction that drops them, so that a crash leaves the old ones or the new. False when it was cut short.
 */
export async function tidyLog(log: Log, { after }: Timers, mayGoOn: () => boolean): Promise<boolean> {
  for (const [collection, notes] of log.notes()) {
    let { pieces, isWhole } = piecesToRewrite(notes, log.docs(collection).size);
    for (const piece of pieces) {
      if (!mayGoOn()) return false;
      const isDone = await log.replace(collection, () => rewrite(log, collection, piece, isWhole));
      isWhole &&= isDone;
      await new Promise<void>((resolve) => after(PAUSE_MS, resolve));
    }
  }
  return true;
}

/** Which records of a collection to rewrite together, and whether they are all of them, in their order. One that emptied it stays in its place, because what it took away lies before it. */
export function piecesToRewrite(
  all: readonly RecordNote[],
  documents: number,
): { pieces: readonly (readonly RecordNote[])[]; isWhole: boolean } {
  const notes = all.filter(({ emptied }) => !emptied);
  const named = notes.reduce((sum, { rows }) => sum + rows, 0);
  if (named > 2 * documents + SUPERSEDED_MAX) return { pieces: inPieces(notes), isWhole: true };
  const small = notes.filter(({ rows }) => rows < SMALL_ROWS);
  return { pieces: small.length > SMALL_RECORDS_MAX ? inPieces(small) : [], isWhole: false };
}

function inPieces(notes: readonly RecordNote[]): RecordNote[][] {
  const pieces: RecordNote[][] = [];
  let [rows, size] = [0, 0];
  for (const note of notes) {
    rows += note.rows;
    size += note.size;
    if (pieces.length === 0 || rows > PIECE_ROWS || size > PIECE_CHARACTERS) {
      pieces.push([]);
      [rows, size] = [note.rows, note.size];
    }
    pieces.at(-1)?.push(note);
  }
  return pieces;
}

/**
 * What of these records is still so, to stand at the end of the log: the collection's own state of their documents, and keys that are gone
 * from it, because an older record may name them. Where `nothingOlder` is left, keys that are gone need no word any more. Null when a
 * record is not as it was written: the next start finds that.
 */
export async function rewrite(
  log: Log,
  collection: string,
  piece: readonly RecordNote[],
  nothingOlder: boolean,
): Promise<Replacement | null> {
  const drop = piece.map(({ n }) => n);
  const records = (await log.read(drop)).map(decodeRecord);
  const [first] = records;
  if (!first || !records.every((record) => record !== null)) return null;
  const held = log.docs(collection);
  const gone = records.flatMap(({ change }) => change.gone).filter((id) => !held.has(id));
  const docs = asAlike(truthOf(first.key, records, held));
  return {
    drop,
    add: [encodeRecord(collection, first.key, { ...docs, gone: nothingOlder ? [] : [...new Set(gone)] })],
  };
}

/** Documents of these records that are as the collection has them. What only another record says is left out. */
function truthOf(key: string, records: readonly ReadRecord[], held: ReadonlyMap<string, StoredDoc>): StoredDoc[] {
  const docs = new Map<string, StoredDoc>();
  const keepIfTrue = (id: string, revision: string) => {
    const now = held.get(id);
    if (now?._rev === revision) docs.set(id, now);
  };
  for (const { change } of records) {
    for (const doc of change.docs) keepIfTrue(String(doc[key]), doc._rev);
    for (const { fields, docs } of change.alike) for (const doc of docs) keepIfTrue(String(doc[key]), fields._rev);
  }
  return [...docs.values()];
}

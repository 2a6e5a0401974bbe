import type { LogWrite } from './group-commit.ts';
import type { encodeRecord, LogRecord, StoredDoc } from './log-record.ts';
import { hasRxFields, type OwnDoc, type RxFields } from './stored-docs.ts';

export interface FillDeps {
  readonly docs: readonly OwnDoc[];
  /** What RxDB keeps beside each of them. */
  readonly fields: RxFields;
  /** The field that is their key. */
  readonly key: string;
  readonly held: () => ReadonlyMap<string, StoredDoc>;
  /** Written in this turn, and not in memory yet. */
  readonly pending: Map<string, StoredDoc>;
  readonly record: (change: Parameters<typeof encodeRecord>[2]) => LogRecord;
}

type Row = { readonly document: StoredDoc };

/**
 * The write of a page of new documents: there is nothing to compare them with, and what RxDB keeps beside them is on the disk once.
 * A page of which one is there already, or twice, or has a field of RxDB's, is left to RxDB: then nothing is written.
 */
export function fillWrite(
  { docs, fields, key, held, pending, record }: FillDeps,
  apply: (rows: readonly Row[]) => void,
): { readonly write: LogWrite; readonly isWritten: () => boolean } {
  let rows: readonly Row[] = [];
  const ids = docs.map((doc) => String(doc[key]));
  const areNew = () => {
    const there = held();
    return (
      new Set(ids).size === ids.length && !ids.some((id) => there.has(id) || pending.has(id)) && !docs.some(hasRxFields)
    );
  };
  const write: LogWrite = {
    prepare: () => {
      rows = areNew() ? docs.map((doc) => ({ document: { ...doc, ...fields } as StoredDoc })) : [];
      for (const [at, { document }] of rows.entries()) pending.set(ids[at] as string, document);
      return rows.length > 0 ? record({ alike: [{ fields, docs }] }) : null;
    },
    apply: () => {
      if (rows.length > 0) apply(newestLast(rows, key));
    },
    settle: () => pending.clear(),
  };
  return { write, isWritten: () => rows.length === docs.length };
}

/** RxDB takes the last of a write for the newest, and looks behind it the next time; what was written at one time stands by key. */
function newestLast(rows: readonly Row[], key: string): readonly Row[] {
  const last = rows.reduce((newest, row) => (String(row.document[key]) > String(newest.document[key]) ? row : newest));
  return [...rows.filter((row) => row !== last), last];
}

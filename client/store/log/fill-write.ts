import type { LogWrite } from './group-commit.ts';
import type { LogRecord, StoredDoc } from './log-record.ts';
import { hasRxFields, type OwnDoc, type RxFields, type StoredDocs } from './stored-docs.ts';

export interface FillDeps {
  readonly page: FilledPage;
  readonly held: () => ReadonlyMap<string, StoredDoc>;
  /** Written in this turn, and not in memory yet. */
  readonly pending: StoredDocs;
  readonly record: (page: FilledPage) => LogRecord;
}

/** New documents, each with its key, and what RxDB keeps beside every one of them. */
export interface FilledPage {
  readonly ids: readonly string[];
  readonly docs: readonly OwnDoc[];
  readonly fields: RxFields;
  /** The server's answer, where it says just these documents: it is what lies on the disk. */
  readonly answer?: Uint8Array | undefined;
}

/**
 * The write of a page of new documents: there is nothing to compare them with, and what RxDB keeps beside them is on the disk once. `beside`
 * is written with it or not at all. A page of which one is there already, or twice, or has a field of RxDB's, is left to RxDB: then nothing is written.
 */
export function fillWrite(
  { page, held, pending, record }: FillDeps,
  apply: () => void,
  beside?: LogWrite,
): { readonly write: LogWrite; readonly isWritten: () => boolean } {
  const { ids, docs, fields } = page;
  let isFilled = false;
  const areNew = () => {
    const there = held();
    return (
      new Set(ids).size === ids.length && !ids.some((id) => there.has(id) || pending.has(id)) && !docs.some(hasRxFields)
    );
  };
  const write: LogWrite = {
    prepare: () => {
      isFilled = docs.length > 0 && areNew();
      if (!isFilled) return [];
      for (const [at, doc] of docs.entries()) pending.setBare(ids[at] as string, doc, fields);
      return [record(page), ...(beside?.prepare() ?? [])];
    },
    apply: () => {
      if (!isFilled) return;
      apply();
      beside?.apply();
    },
    settle: () => {
      pending.clear();
      beside?.settle();
    },
  };
  return { write, isWritten: () => isFilled || docs.length === 0 };
}

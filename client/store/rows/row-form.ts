import type { RxDocumentData } from 'rxdb';

/** IndexedDB has no index over truth values: the mark of a removed document is `1`, of any other `0`. */
export type Row = Readonly<Record<string, unknown>> & { readonly _deleted: '0' | '1' };

/** A document as RxDB has it, with whatever fields it has. */
export type RowDoc = RxDocumentData<Record<string, unknown>>;

export function toRow(doc: RowDoc): Row {
  return { ...doc, _deleted: doc._deleted ? '1' : '0' };
}

/** Changes the row itself: it was just read, and nobody else has it. */
export function fromRow(row: Row): RowDoc {
  const doc = row as unknown as { _deleted: unknown };
  doc._deleted = row._deleted === '1';
  return doc as unknown as RowDoc;
}

import type { StoredDoc } from './log/log-record.ts';
import type { WriteRow } from './stored-collection.ts';

/** Begins a write, and gives what makes a row of each of its documents: what RxDB keeps beside a document's fields, in RxDB's own form. */
export type Stamp = () => (doc: object, previous?: StoredDoc, isDeleted?: boolean) => WriteRow;

/** Between two writes of one millisecond, in hundredths of it: RxDB's step. */
const HUNDREDTHS = 100;

/**
 * `token` names this tab in revisions, so that no two tabs write the same one. The time, in milliseconds, grows from write to write: what changed since a
 * time is looked for by it.
 */
export function createStamp(token: string, clock: () => number): Stamp {
  let last = 0;
  return () => {
    last = Math.max(clock() * HUNDREDTHS, last) + 1;
    const lwt = last / HUNDREDTHS;
    return (doc, previous, isDeleted = false) => {
      const height = previous ? Number.parseInt(previous._rev, 10) + 1 : 1;
      const _meta = { ...previous?._meta, lwt };
      const own = { _deleted: isDeleted, _attachments: {}, _meta, _rev: `${height}-${token}` };
      return { document: { ...doc, ...own } as StoredDoc, previous };
    };
  };
}

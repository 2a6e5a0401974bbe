import type { Scope } from '../../schema/ids.ts';
import { hidesDocuments, knowsDocument } from '../../schema/protocol/known-collections.ts';
import type { DocumentCollection, ReadTx } from '../store/store.ts';

/** Documents read at once while they are counted. */
const PAGE = 500;

/**
 * How many documents of a scope changed behind a place, of those that a device of this version is served (STATUS6). Where a version is
 * spared none the store counts; an older one's are read by their ids.
 */
export async function countKnown(
  tx: Pick<ReadTx, 'countDocuments' | 'documentsAfter'>,
  protocol: number,
  collection: DocumentCollection,
  { scope, after }: { readonly scope: Scope; readonly after: number },
): Promise<number> {
  if (!hidesDocuments(protocol, collection)) return tx.countDocuments(collection, scope, after);
  let count = 0;
  for (let place = after; ; ) {
    const page = await tx.documentsAfter(collection, { scope, after: place, limit: PAGE });
    count += page.filter(({ id }) => knowsDocument(protocol, collection, id)).length;
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return count;
    place = last.seq;
  }
}

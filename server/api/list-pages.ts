import type { PageQuery } from '../../schema/api/paging.ts';
import type { DocumentCollection, ReadTx, StoredDocument } from '../store/store.ts';
import type { ApiContext } from './api-call.ts';
import { changedSince, positionOf } from './changed-since.ts';

/**
 * A page of documents in the order of their ids. What is asked for only grows while its pages are read, because nothing is ever deleted and
 * what changed stays changed: so a row may come twice, and none is left out.
 */
export function listPage<Row>(
  { core, integration }: ApiContext,
  collection: DocumentCollection,
  { updatedSince, page, limit }: PageQuery,
  finish: (documents: readonly StoredDocument[], tx: ReadTx) => Promise<Row>,
) {
  return core.store.read(async (tx) => {
    const places = await changedSince(tx, integration, updatedSince);
    const total = await countIn(tx, collection, places);
    const documents = await tx.documentsById(collection, places, { skip: (page - 1) * limit, limit });
    const more = page * limit < total;
    // A later page's would leave out what changed on an earlier one meanwhile.
    const position = page === 1 ? { position: await positionOf(tx, integration) } : {};
    return { page, limit, total, more, ...position, ...(await finish(documents, tx)) };
  });
}

/** How many documents changed behind those places. */
export async function countIn(
  tx: ReadTx,
  collection: DocumentCollection,
  places: Awaited<ReturnType<typeof changedSince>>,
): Promise<number> {
  let count = 0;
  for (const { scope, after } of places) count += await tx.countDocuments(collection, scope, after);
  return count;
}

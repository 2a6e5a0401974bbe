import type { Scope } from '../../schema/ids.ts';
import type { Stock } from '../../schema/stock/counter.ts';
import type { StoredDocument, WriteTx } from '../store/store.ts';

/** Stock documents read at once. */
const PAGE = 1_000;

/**
 * Stamps all stock documents of a scope with an epoch's number, so that on every replica this history's counters replace those of a
 * lost one whole. Each takes a new commit sequence, and so moves out of the way of the reading.
 */
export async function restampStock(tx: WriteTx, scope: Scope, epoch: number): Promise<void> {
  const end = (await tx.place(scope)).seq;
  for (let after = 0; after < end; ) {
    const page = await tx.documentsAfter('stock', { scope, after, limit: PAGE });
    for (const row of page) if (row.seq <= end) await restamp(tx, row, epoch);
    after = page.at(-1)?.seq ?? end;
  }
}

async function restamp(tx: WriteTx, { id, scope, json }: StoredDocument, epoch: number): Promise<void> {
  const stock: Stock = { ...(JSON.parse(json) as Stock), epoch };
  await tx.putDocument('stock', { id, scope, json: JSON.stringify(stock) });
}

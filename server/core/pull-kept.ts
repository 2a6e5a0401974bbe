import type { Epoch } from '../../schema/epoch.ts';
import { PROTOCOL_VERSION } from '../../schema/protocol/version.ts';
import type { PulledCollection } from '../../schema/roles.ts';
import type { DocumentCollection, ReadTx, ScopePlace, StoredDevice } from '../store/store.ts';
import type { Core } from './core.ts';
import { epochOf } from './epoch.ts';
import { endOf, type PageEnd, type PageRows, type PullPage, type PullRequest, pageStarts, readRows } from './pull.ts';
import { noticeRollback } from './rollback.ts';

/** A page's documents as they are kept for whoever asks for the same ones: where it was begun, and the places of its scopes then. */
export interface KeptPage extends Pick<PageRows, 'ends'> {
  readonly starts: readonly ScopePlace[];
  readonly places: readonly ScopePlace[];
}

/** A page as it was read. */
export type ReadPage = PageRows & KeptPage & { readonly epoch: Epoch };

/** What is kept, by what was asked for; whoever keeps it decides what, and in which form. */
export interface KeptPages<Page extends KeptPage> {
  find(key: string): Page | undefined;
  keep(key: string, read: ReadPage): Page;
}

/** Collections of which every device of a branch gets the same documents. */
const ALIKE: ReadonlySet<PulledCollection> = new Set(['products', 'stock', 'company']);

export type KeptRequest = PullRequest & { readonly collection: DocumentCollection & PulledCollection };

/** True for collections that {@link pullKept} takes. */
export function isKept(collection: PulledCollection): collection is DocumentCollection & PulledCollection {
  return ALIKE.has(collection);
}

/**
 * The same page as {@link pull} gives, of which the documents are read only where none are kept that still are the newest: a hundred
 * devices that begin get what one got. The checkpoint is made anew, on the same snapshot.
 */
export async function pullKept<Page extends KeptPage>(
  core: Core,
  device: StoredDevice,
  request: KeptRequest,
  pages: KeptPages<Page>,
): Promise<Omit<PullPage, 'documents'> & { readonly page: Page }> {
  await noticeRollback(core, device, [request.checkpoint]);
  return core.store.read(async (tx) => {
    const starts = await pageStarts(core, tx, device, request);
    const epoch = await epochOf(tx);
    const key = keyOf(request, epoch, await firstsOf(tx, request.collection, starts));
    const known = pages.find(key);
    if (known && (await isUnchanged(tx, request.collection, known.places)))
      return { page: known, ...(await endOf(core, tx, { ends: endsFrom(known, starts) })) };
    const rows = await readRows(core, tx, device, request, starts);
    const page = pages.keep(key, { ...rows, epoch, starts, places: await placesOf(tx, starts) });
    return { page, ...(await endOf(core, tx, page)) };
  });
}

/** The epoch stands in the answer. */
function keyOf(request: PullRequest, epoch: Epoch, firsts: readonly PageEnd[]): string {
  const { collection, limit, lengthMax, protocol = PROTOCOL_VERSION } = request;
  return JSON.stringify([epoch.id, collection, limit, lengthMax, protocol, firsts]);
}

/** With which document a page begins in each scope. Where devices stand between two documents says nothing of it: each enrolment and sale moves that. */
async function firstsOf(
  tx: ReadTx,
  collection: DocumentCollection,
  starts: readonly ScopePlace[],
): Promise<readonly PageEnd[]> {
  const firsts: PageEnd[] = [];
  for (const { scope, after } of starts) {
    const [first] = await tx.documentsAfter(collection, { scope, after, limit: 1 });
    firsts.push({ scope, seq: first?.seq ?? null });
  }
  return firsts;
}

/** Where a kept page ends for a device that begins it there: a scope of which it holds nothing is left where that device stands. */
function endsFrom({ ends, starts }: KeptPage, own: readonly ScopePlace[]): readonly PageEnd[] {
  return ends.map((end, at) => (end.seq === starts[at]?.after ? { ...end, seq: own[at]?.after ?? end.seq } : end));
}

/** Nothing that devices pull is ever deleted (PULL6): a document that changed stands behind the place. */
async function isUnchanged(
  tx: ReadTx,
  collection: DocumentCollection,
  places: readonly ScopePlace[],
): Promise<boolean> {
  for (const { scope, after } of places) {
    if ((await tx.documentsAfter(collection, { scope, after, limit: 1 })).length > 0) return false;
  }
  return true;
}

async function placesOf(tx: ReadTx, starts: readonly ScopePlace[]): Promise<readonly ScopePlace[]> {
  const places: ScopePlace[] = [];
  for (const { scope } of starts) places.push({ scope, after: (await tx.place(scope)).seq });
  return places;
}

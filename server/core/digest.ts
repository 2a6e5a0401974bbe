import { bucketOf, createDigest, revisionMark, stockMark } from '../../schema/digest.ts';
import type { DraftDoc } from '../../schema/draft.ts';
import { type Epoch, sameEpoch } from '../../schema/epoch.ts';
import type { Scope } from '../../schema/ids.ts';
import { DIGEST_CHANGED_MAX, DIGEST_ROWS_MAX } from '../../schema/limits.ts';
import type { DigestAnswer, DigestedCollection, DigestRequest } from '../../schema/protocol/digest.ts';
import { knowsDocument } from '../../schema/protocol/known-collections.ts';
import { PROTOCOL_VERSION } from '../../schema/protocol/version.ts';
import type { Revision } from '../../schema/revision.ts';
import type { Stock } from '../../schema/stock/counter.ts';
import type { ReadTx, StoredDevice } from '../store/store.ts';
import { readableScopes, startOf } from './checkpoint.ts';
import type { Core } from './core.ts';
import { epochOf } from './epoch.ts';
import { noticeRollback } from './rollback.ts';

/** Documents read and marked in one breath: a few milliseconds, then others have their turn. */
const SLICE = 250;

/** Where a device stands, scope by scope, in one epoch. */
interface Standing {
  readonly epoch: Epoch;
  readonly ends: ReadonlyMap<Scope, number>;
}

/**
 * What the documents of a collection that a device has pulled come to, in buckets, or bucket by bucket. Documents that changed behind
 * its checkpoint are named and count on neither side. Works in slices, so that it holds up nobody's sale.
 */
export async function readDigest(
  core: Core,
  device: StoredDevice,
  collection: DigestedCollection,
  request: DigestRequest,
  protocol = PROTOCOL_VERSION,
): Promise<DigestAnswer> {
  await noticeRollback(core, device, [request.checkpoint]);
  const standing = await core.store.read((tx) => readStanding(core, tx, device, request));
  const empty = { epoch: standing.epoch, tooFresh: true, changed: [], buckets: [], rows: [] };
  if (standing.ends.size === 0) return empty;
  const { bucket } = request;
  const marks = new Map<string, string>();
  const digest = createDigest();
  await readMarks(core, collection, standing, (id, read) => {
    if (!knowsDocument(protocol, collection, id) || (bucket !== undefined && bucketOf(id) !== bucket)) return;
    const mark = read();
    marks.set(id, mark);
    digest.add([id, mark]);
  });
  const changed = await core.store.read((tx) => readChanged(tx, collection, standing));
  if (!changed) return empty;
  for (const id of changed) {
    const mark = marks.get(id);
    if (mark !== undefined) digest.remove([id, mark]);
    marks.delete(id);
  }
  const named = [...changed].filter((id) => knowsDocument(protocol, collection, id));
  const answer = { epoch: standing.epoch, tooFresh: false, changed: named, buckets: [], rows: [] };
  return bucket === undefined ? { ...answer, buckets: digest.buckets() } : { ...answer, rows: rowsOf(marks) };
}

/** No scopes where the checkpoint is of no use here: the device has to pull first. */
async function readStanding(
  core: Core,
  tx: ReadTx,
  device: StoredDevice,
  { checkpoint }: DigestRequest,
): Promise<Standing> {
  const ends = new Map<Scope, number>();
  for (const scope of readableScopes(device)) {
    const end = await startOf(core, tx, checkpoint, scope);
    if (end !== checkpoint.scopes[scope]?.seq) return { epoch: await epochOf(tx), ends: new Map() };
    ends.set(scope, end);
  }
  return { epoch: await epochOf(tx), ends };
}

/** Hands on every document up to where the device stands; its mark is made only where it is asked for. */
async function readMarks(
  core: Core,
  collection: DigestedCollection,
  { ends }: Standing,
  take: (id: string, readMark: () => string) => void,
): Promise<void> {
  for (const [scope, end] of ends) {
    for (let after = 0; after < end; ) {
      const page = await core.store.read((tx) => tx.documentsAfter(collection, { scope, after, limit: SLICE }));
      for (const { id, seq, json } of page)
        if (seq <= end && counts(collection, json)) take(id, () => markOf(collection, json));
      after = page.at(-1)?.seq ?? end;
      await new Promise<void>((resolve) => core.deps.after(0, resolve));
    }
  }
}

/** A draft that ended is no longer the same everywhere: some forgot it. */
function counts(collection: DigestedCollection, json: string): boolean {
  return collection !== 'drafts' || (JSON.parse(json) as DraftDoc).ending === undefined;
}

function markOf(collection: DigestedCollection, json: string): string {
  const document: unknown = JSON.parse(json);
  return collection === 'stock' ? stockMark(document as Stock) : revisionMark((document as { rev: Revision }).rev);
}

/** Documents that changed behind the checkpoint; null when there are too many, or another epoch began meanwhile. */
async function readChanged(
  tx: ReadTx,
  collection: DigestedCollection,
  { epoch, ends }: Standing,
): Promise<ReadonlySet<string> | null> {
  if (!sameEpoch(epoch, await epochOf(tx))) return null;
  const changed = new Set<string>();
  for (const [scope, after] of ends) {
    const limit = DIGEST_CHANGED_MAX + 1 - changed.size;
    for (const { id } of await tx.documentsAfter(collection, { scope, after, limit })) changed.add(id);
    if (changed.size > DIGEST_CHANGED_MAX) return null;
  }
  return changed;
}

function rowsOf(marks: ReadonlyMap<string, string>): [string, string][] {
  return [...marks].sort(([left], [right]) => (left < right ? -1 : 1)).slice(0, DIGEST_ROWS_MAX);
}

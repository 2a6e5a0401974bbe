import { bucketOf, type DigestRow, differingBuckets, digestOf, revisionMark, stockMark } from '../../schema/digest.ts';
import { sameEpoch } from '../../schema/epoch.ts';
import type { Checkpoint } from '../../schema/protocol/checkpoint.ts';
import { type DigestAnswer, type DigestedCollection, digestAnswerShape } from '../../schema/protocol/digest.ts';
import { ok, type Result } from '../../schema/result.ts';
import type { Revision } from '../../schema/revision.ts';
import type { Stock } from '../../schema/stock/counter.ts';
import type { Http, NetFault } from './http.ts';
import type { PulledDoc } from './pulled-doc.ts';

/** How a collection differs from the server's, by the ids of documents. */
export interface Difference {
  /** Only the server has them. */
  readonly missing: readonly string[];
  /** Both have them, in different states. */
  readonly other: readonly string[];
  /** Only this device has them. */
  readonly extra: readonly string[];
}

/** What this device holds up to a checkpoint. */
export interface HeldRows {
  readonly checkpoint: Checkpoint;
  readonly rows: readonly DigestRow[];
}

export const NO_DIFFERENCE: Difference = { missing: [], other: [], extra: [] };

/** Id and mark of a pulled document. */
export function digestRow(collection: DigestedCollection, document: PulledDoc): DigestRow {
  const mark =
    collection === 'stock'
      ? stockMark(document as unknown as Stock)
      : revisionMark(document.rev as unknown as Revision);
  return [String(document.id), mark];
}

/** How what is held differs from what the server has up to the same checkpoint; null when a pull must come first. */
export async function compareCollection(
  http: Pick<Http, 'request'>,
  collection: DigestedCollection,
  { checkpoint, rows }: HeldRows,
): Promise<Result<Difference | null, NetFault>> {
  const ask = (bucket?: number) => {
    const body = bucket === undefined ? { checkpoint } : { checkpoint, bucket };
    return http.request('POST', `/sync/v1/${collection}/digest`, body, digestAnswerShape);
  };
  const answer = await ask();
  if (!answer.ok) return answer;
  if (!isComparable(answer.value, checkpoint)) return ok(null);
  const buckets = differingBuckets(digestOf(withoutChanged(rows, answer.value)), answer.value.buckets);
  const found = { missing: [] as string[], other: [] as string[], extra: [] as string[] };
  for (const bucket of buckets) {
    const detail = await ask(bucket);
    if (!detail.ok) return detail;
    if (!isComparable(detail.value, checkpoint)) return ok(null);
    const own = withoutChanged(rows, detail.value).filter(([id]) => bucketOf(id) === bucket);
    const difference = compareRows(own, detail.value.rows);
    for (const kind of ['missing', 'other', 'extra'] as const) found[kind].push(...difference[kind]);
  }
  return ok(found);
}

function isComparable({ tooFresh, epoch }: DigestAnswer, checkpoint: Checkpoint): boolean {
  return !tooFresh && sameEpoch(epoch, checkpoint.epoch);
}

/** What changed behind the checkpoint counts on neither side. */
function withoutChanged(rows: readonly DigestRow[], { changed }: DigestAnswer): DigestRow[] {
  const left = new Set(changed);
  return rows.filter(([id]) => !left.has(id));
}

function compareRows(own: readonly DigestRow[], served: readonly DigestRow[]): Difference {
  const [mine, theirs] = [new Map(own), new Map(served)];
  return {
    missing: served.flatMap(([id]) => (mine.has(id) ? [] : [id])),
    other: served.flatMap(([id, mark]) => (mine.has(id) && mine.get(id) !== mark ? [id] : [])),
    extra: own.flatMap(([id]) => (theirs.has(id) ? [] : [id])),
  };
}

import { canonicalJson } from './canonical-json.ts';
import type { Revision } from './revision.ts';
import type { Stock } from './stock/counter.ts';

/** Buckets of a digest: with 20,000 documents one holds about 300. */
export const DIGEST_BUCKETS = 64;

/** What a bucket's documents come to: how many, and the exclusive or of their marks' hashes, in hexadecimal. */
export interface DigestBucket {
  readonly count: number;
  readonly xor: string;
}

/** A document's id and what tells its state apart from every other state of it. */
export type DigestRow = readonly [id: string, mark: string];

/** The mark of a document that the server gives revisions. */
export function revisionMark({ epoch, n }: Revision): string {
  return `${epoch}.${n}`;
}

/** The mark of a stock document: everything that folding and joining may change. */
export function stockMark({ epoch, n, base, counters }: Pick<Stock, 'epoch' | 'n' | 'base' | 'counters'>): string {
  return hash64(canonicalJson([epoch, n, base, counters])).join('.');
}

/** The bucket that a document belongs to. */
export function bucketOf(id: string): number {
  return hash64(id)[0] % DIGEST_BUCKETS;
}

/** A digest that grows document by document, so that nobody has to hash twenty thousand in one breath. */
export interface Digest {
  add(row: DigestRow): void;
  /** Takes a row away that was added before. */
  remove(row: DigestRow): void;
  /** All buckets, in order. */
  buckets(): DigestBucket[];
}

export function createDigest(): Digest {
  const sums = Array.from({ length: DIGEST_BUCKETS }, () => ({ count: 0, high: 0, low: 0 }));
  const mix = ([id, mark]: DigestRow, step: 1 | -1): void => {
    const sum = sums[bucketOf(id)] as (typeof sums)[number];
    const [high, low] = hash64(`${id}\n${mark}`);
    sum.count += step;
    sum.high = (sum.high ^ high) >>> 0;
    sum.low = (sum.low ^ low) >>> 0;
  };
  return {
    add: (row) => mix(row, 1),
    remove: (row) => mix(row, -1),
    buckets: () => sums.map(({ count, high, low }) => ({ count, xor: `${hex32(high)}${hex32(low)}` })),
  };
}

/** All buckets of some documents, in order. The order of the documents does not matter. */
export function digestOf(rows: Iterable<DigestRow>): DigestBucket[] {
  const digest = createDigest();
  for (const row of rows) digest.add(row);
  return digest.buckets();
}

/** The numbers of the buckets that differ between two digests. */
export function differingBuckets(left: readonly DigestBucket[], right: readonly DigestBucket[]): number[] {
  return left.flatMap((bucket, at) => {
    const other = right[at];
    return other?.count === bucket.count && other.xor === bucket.xor ? [] : [at];
  });
}

/**
 * Two 32-bit hashes of a text's UTF-16 (the mixing of MurmurHash3 in two lanes). Fast, because a device hashes 20,000 documents
 * while it sells; against accidents only, not against forgers: what proves authorship is the chain and its signatures.
 */
function hash64(text: string): [number, number] {
  let [high, low] = [0xdeadbeef, 0x41c6ce57];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    high = Math.imul(high ^ code, 2_654_435_761);
    low = Math.imul(low ^ code, 1_597_334_677);
  }
  high = Math.imul(high ^ (high >>> 16), 2_246_822_507) ^ Math.imul(low ^ (low >>> 13), 3_266_489_909);
  low = Math.imul(low ^ (low >>> 16), 2_246_822_507) ^ Math.imul(high ^ (high >>> 13), 3_266_489_909);
  return [high >>> 0, low >>> 0];
}

function hex32(value: number): string {
  return value.toString(16).padStart(8, '0');
}

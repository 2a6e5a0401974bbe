import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  bucketOf,
  createDigest,
  DIGEST_BUCKETS,
  type DigestRow,
  differingBuckets,
  digestOf,
  revisionMark,
  stockMark,
} from './digest.ts';
import type { DeviceId } from './ids.ts';

const anyRows = fc.uniqueArray(fc.tuple(fc.string({ minLength: 1, maxLength: 12 }), fc.string({ maxLength: 8 })), {
  selector: ([id]) => id,
  maxLength: 60,
});

test('[DIGEST1] the same documents in any order have the same digest', () => {
  fc.assert(
    fc.property(anyRows, (rows) => {
      expect(digestOf([...rows].reverse())).toEqual(digestOf(rows));
    }),
  );
});

test('[DIGEST1] one document more, less or in another state differs in its bucket, and in no other', () => {
  fc.assert(
    fc.property(anyRows, fc.string({ minLength: 13, maxLength: 14 }), (rows, id) => {
      const whole: DigestRow[] = [...rows, [id, '1.2']];
      expect(differingBuckets(digestOf(rows), digestOf(whole))).toEqual([bucketOf(id)]);
      expect(differingBuckets(digestOf([...rows, [id, '1.3']]), digestOf(whole))).toEqual([bucketOf(id)]);
    }),
  );
});

test('[DIGEST1] a document taken away again leaves the digest as it was without it', () => {
  fc.assert(
    fc.property(anyRows, anyRows, (rows, others) => {
      const digest = createDigest();
      for (const row of [...rows, ...others]) digest.add(row);
      for (const row of others) digest.remove(row);
      expect(digest.buckets()).toEqual(digestOf(rows));
    }),
  );
});

test('[DIGEST1] real ids spread over the buckets', () => {
  const counts = digestOf(Array.from({ length: 20_000 }, (_, index) => [`p${index}`, '1.1'] as const));
  expect(counts).toHaveLength(DIGEST_BUCKETS);
  expect(Math.min(...counts.map(({ count }) => count))).toBeGreaterThan(200);
});

test('[DIGEST1] a mark changes with everything that a stock document counts, and with nothing else', () => {
  const [a, b] = ['0123456789abcdef', 'fedcba9876543210'] as DeviceId[] as [DeviceId, DeviceId];
  const counter = { in: 5, out: 2, seq: 9 };
  const stock = { epoch: 1, n: 1, base: { in: 0, out: 0 }, counters: { [a]: counter, [b]: counter } };
  const same = { ...stock, counters: { [b]: counter, [a]: counter } };
  expect(stockMark(same)).toBe(stockMark(stock));
  const others = [
    { ...stock, epoch: 2 },
    { ...stock, n: 2 },
    { ...stock, base: { in: 1, out: 0 } },
    { ...stock, counters: { [a]: counter } },
    { ...stock, counters: { ...stock.counters, [b]: { ...counter, seq: 10 } } },
  ];
  expect(new Set([stock, ...others].map(stockMark)).size).toBe(6);
  expect(revisionMark({ epoch: 2, n: 11 })).toBe('2.11');
});

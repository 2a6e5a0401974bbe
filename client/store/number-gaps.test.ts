import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DeviceId } from '../../schema/ids.ts';
import type { BranchEntry } from '../../schema/protocol/pull.ts';
import { createNumberGaps, STRETCHES_MAX } from './number-gaps.ts';

const row = (deviceId: string, seq: number) => ({ deviceId, seq, receivedAt: seq * 10 }) as unknown as BranchEntry;

test('[EXC6] whatever the order and the repetitions, what is missing is every number below the last that never came', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 60 }), (seqs) => {
      const gaps = createNumberGaps();
      for (const seq of seqs) gaps.put([row('a', seq), row('b', 1)]);
      const missing = gaps.all().flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, at) => from + at));
      const highest = Math.max(0, ...seqs);
      const wanted = Array.from({ length: highest }, (_, at) => at + 1).filter((seq) => !seqs.includes(seq));
      expect(missing).toEqual(wanted);
    }),
  );
});

test('[EXC6] a gap tells when the entry before it came, and whether it opened or closed', () => {
  const gaps = createNumberGaps();
  expect(gaps.put([row('a', 1), row('a', 2)])).toBe(true);
  expect(gaps.put([row('a', 3)])).toBe(false);
  expect(gaps.put([row('a', 7), row('c', 5)])).toBe(true);
  expect(gaps.all()).toEqual([
    { deviceId: 'a' as DeviceId, from: 4, to: 6, beforeAt: 30 },
    { deviceId: 'c' as DeviceId, from: 1, to: 4, beforeAt: null },
  ]);
  expect(gaps.put([row('a', 6), row('a', 4), row('a', 5)])).toBe(true);
  expect(gaps.all().map(({ deviceId }) => deviceId)).toEqual(['c']);
});

test('[EXC6] of a device that makes thousands of gaps the newest are kept', () => {
  const gaps = createNumberGaps();
  for (let seq = 2; seq <= 4_000; seq += 2) gaps.put([row('a', seq)]);
  expect(gaps.all().length).toBeLessThanOrEqual(STRETCHES_MAX);
  expect(gaps.all().at(-1)).toMatchObject({ from: 3_999, to: 3_999 });
});

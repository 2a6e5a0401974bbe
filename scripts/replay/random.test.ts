import { expect, test } from 'vitest';
import { createRandom } from './random.ts';

const take = (seed: number, stream?: number) => {
  const random = createRandom(seed, stream);
  return Array.from({ length: 5 }, () => random.whole(1_000_000));
};

test('one seed gives one sequence, another seed or stream another', () => {
  expect(take(7)).toEqual(take(7));
  expect(take(7)).not.toEqual(take(8));
  expect(take(7, 1)).not.toEqual(take(7, 2));
});

test('numbers spread evenly enough to deal invoices over eight tills', () => {
  const random = createRandom(1);
  const counts = Array.from({ length: 8 }, () => 0);
  for (let index = 0; index < 8000; index += 1) {
    const till = random.whole(8);
    counts[till] = (counts[till] ?? 0) + 1;
  }
  expect(Math.min(...counts)).toBeGreaterThan(850);
  expect(Math.max(...counts)).toBeLessThan(1150);
});

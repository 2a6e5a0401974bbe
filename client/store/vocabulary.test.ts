import { expect, test } from 'vitest';
import type { Product } from '../../schema/product.ts';
import { createManualTimers } from '../sync/manual-timers.ts';
import { LazyRow } from './product-search.ts';
import { createVocabulary } from './vocabulary.ts';

const rowsOf = (count: number, word: string) =>
  Array.from({ length: count }, (_, at) => new LazyRow({ name: `${word} ${at}`, barcodes: [] } as unknown as Product));

test('[CAT11] what was renamed is forgotten, when more rows were taken than twice those there are, and 10,000', () => {
  const timers = createManualTimers();
  let rows = rowsOf(3_000, 'kopi');
  const vocabulary = createVocabulary(timers, () => rows);
  vocabulary.begin();
  timers.pass(1_000);
  for (let turn = 0; turn < 9; turn += 1) {
    rows = rowsOf(3_000, `teh${turn}`);
    vocabulary.add(rows);
    timers.pass(1_000);
    expect(vocabulary.rowWords().rows.length).toBeLessThanOrEqual(3_000 * 3 + 10_000);
    expect(vocabulary.like(`teh${turn}`)).toContain(`teh${turn}`);
  }
  expect(vocabulary.like('kopi')).toEqual([]);
  expect(rows.every((row) => row.takenBy === vocabulary.rowWords())).toBe(true);
});

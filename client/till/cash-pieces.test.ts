import { expect, it } from 'vitest';
import { cashPieces, parseCount } from './cash-pieces.ts';

it('[SHF6] rupiah are counted in their notes and coins, greatest first; of an unknown currency the sum is typed', () => {
  const pieces = cashPieces({ code: 'IDR', digits: 0 });
  expect(pieces.slice(0, 2)).toEqual([100_000, 50_000]);
  expect([...pieces].sort((left, right) => right - left)).toEqual(pieces);
  expect(cashPieces({ code: 'XXX', digits: 2 })).toEqual([]);
});

it('[SHF6] a count is a whole number; nothing typed is none', () => {
  expect(['', ' 12 ', '007', '-1', '1.5', 'x', '1234567'].map(parseCount)).toEqual([0, 12, 7, null, null, null, null]);
});

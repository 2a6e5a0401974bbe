import { expect, test } from 'vitest';
import { readPence } from './pence.ts';

test.each([
  ['2.55', 255, false],
  ['1.005', 101, true],
  ['0.001', 0, true],
  ['-11062.06', -1106206, false],
  ['4', 400, false],
  ['.5', 50, false],
  ['2,95', 295, false],
  ['0', 0, false],
  ['1e-3', 0, true],
  ['3.3900', 339, false],
])('[I7] %s is %i pence', (text, pence, rounded) => {
  expect(readPence(text)).toEqual({ pence, rounded });
});

test.each(['', '.', 'abc', '1.2.3', '£2', 'e', '99999999999999999'])('[I7] %j is no price', (text) => {
  expect(readPence(text)).toBeNull();
});

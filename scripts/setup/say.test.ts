import { expect, test } from 'vitest';
import { durationText } from './say.mjs';

test.each([
  [0, '0.0 s'],
  [440, '0.4 s'],
  [12_300, '12 s'],
  [59_700, '1 min 00 s'],
  [185_000, '3 min 05 s'],
])('[SETUP12] %i ms read as %s', (ms, text) => {
  expect(durationText(ms)).toBe(text);
});

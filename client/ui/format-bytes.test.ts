import { expect, test } from 'vitest';
import { formatBytes, formatShare } from './format-bytes.ts';

test('[LANG4] room on a disk is shown in the language’s own way', () => {
  expect([formatBytes(0, 'en'), formatBytes(12_400_000, 'en'), formatBytes(2_560_000_000, 'en')]).toEqual([
    '0 MB',
    '12 MB',
    '2.6 GB',
  ]);
  expect(formatBytes(2_560_000_000, 'id')).toBe('2,6 GB');
  expect([formatShare(0.704, 'en'), formatShare(1, 'id')]).toEqual(['70%', '100%']);
});

import { expect, test } from 'vitest';
import { correctionsApart } from './correction.ts';
import type { Tender } from './entry/payment.ts';
import type { EntryId } from './ids.ts';

const said = (id: string, from: Tender, to: Tender) => ({ id: id as EntryId, from, to });

test('[PAY11] corrections that go on from each other are right, in whatever number', () => {
  expect(correctionsApart('cash', [])).toEqual([]);
  expect(correctionsApart('cash', [said('a', 'cash', 'card'), said('b', 'card', 'qris')])).toEqual([]);
});

test('[PAY11] one that does not know of the one before it is found, and those behind it that go on from that', () => {
  const [a, b, c] = [said('a', 'cash', 'card'), said('b', 'cash', 'qris'), said('c', 'card', 'cash')];
  expect(correctionsApart('cash', [a, b, c])).toEqual(['b']);
  expect(correctionsApart('cash', [b, a, c])).toEqual(['a', 'c']);
});

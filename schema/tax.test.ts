import { expect, test } from 'vitest';
import { taxOn } from './tax.ts';

const tax = { id: 'ppn', name: 'PPN', rate: { num: 11, den: 100 }, inclusive: true };

test('[TAX7] a rate that is known beforehand counts from its day on, and not before', () => {
  const doc = { tax, next: { rate: { num: 12, den: 100 }, from: '2027-01-01' } };
  expect(taxOn(doc, '2026-12-31')).toBe(tax);
  expect(taxOn(doc, '2027-01-01')).toEqual({ ...tax, rate: { num: 12, den: 100 } });
  expect(taxOn({ tax }, '2027-01-01')).toBe(tax);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { holdsCardNumber } from './card-number.ts';

/** Numbers that card schemes publish for tests. */
const PUBLISHED = ['4111111111111111', '5555555555554444', '378282246310005', '6011111111111117', '3530111333300000'];

test.each(PUBLISHED)('[PAY1] the test number %s is a card number, however it is written', (number) => {
  expect(holdsCardNumber(number)).toBe(true);
  expect(holdsCardNumber(number.replace(/(.{4})/g, '$1 ').trim())).toBe(true);
  expect(holdsCardNumber(`kartu ${number.replace(/(.{4})/g, '$1-').replace(/-$/, '')} lunas`)).toBe(true);
});

test('[CARD1] [PAY1] a card number is found with other digits in front of it or behind', () => {
  for (const text of [
    '4111 1111 1111 1111 12 28',
    '2 4111 1111 1111 1111',
    '4111-1111-1111-1111 123',
    '12 4111111111111111 9',
  ])
    expect(holdsCardNumber(text), text).toBe(true);
  expect(holdsCardNumber('4111 1111 1111 1112 12 28')).toBe(false);
});

test('[PAY1] phones, barcodes, terminal references, dates and QRIS numbers are none', () => {
  const harmless = ['081234567890', '8992761111014', '240613', '936009143300388021', '1234', '2026-11-25 16:30', ''];
  for (const text of harmless) expect(holdsCardNumber(text), text).toBe(false);
});

test('[PAY1] of ten numbers that differ in the last digit alone, one is a card number', () => {
  fc.assert(
    fc.property(fc.constantFrom(...'23456'), fc.stringMatching(/^\d{11,17}$/), (first, rest) => {
      const found = [...'0123456789'].filter((last) => holdsCardNumber(first + rest + last));
      expect(found).toHaveLength(1);
    }),
  );
});

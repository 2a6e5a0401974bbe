import fc from 'fast-check';
import { expect, test } from 'vitest';
import { gtinCheckDigit, isGtin } from './barcode.ts';
import { barcodeShape } from './product.ts';

test.each([
  ['8992761111014', 'Indonesian EAN-13'],
  ['4006381333931', 'EAN-13'],
  ['0036000291452', 'a UPC-A as EAN-13'],
  ['036000291452', 'UPC-A'],
  ['73513537', 'EAN-8'],
  ['10614141000415', 'GTIN-14'],
])('[PRD1] the check digit of %s (%s) is right', (code) => {
  expect(isGtin(code)).toBe(true);
});

test('[PRD1] a digit more, less or of another script is no GTIN', () => {
  for (const code of [
    '',
    '123',
    '40063813339310',
    '400638133393',
    '400638133393a',
    '٤٠٠٦٣٨١٣٣٣٩٣١',
    ' 4006381333931',
  ]) {
    expect(isGtin(code)).toBe(false);
  }
});

const anyDigits = fc
  .constantFrom(7, 11, 12, 13)
  .chain((length) => fc.array(fc.nat(9), { minLength: length, maxLength: length }))
  .map((digits) => digits.join(''));

test('[PRD1] a computed check digit makes a GTIN, and any other digit in its place does not', () => {
  fc.assert(
    fc.property(anyDigits, fc.integer({ min: 1, max: 9 }), (digits, off) => {
      const check = gtinCheckDigit(digits);
      expect(isGtin(`${digits}${check}`)).toBe(true);
      expect(isGtin(`${digits}${(check + off) % 10}`)).toBe(false);
    }),
  );
});

test('[PRD1] any single wrong digit of a GTIN is found', () => {
  fc.assert(
    fc.property(anyDigits, fc.nat(), fc.integer({ min: 1, max: 9 }), (digits, place, off) => {
      const code = `${digits}${gtinCheckDigit(digits)}`;
      const at = place % code.length;
      const wrong = (Number(code[at]) + off) % 10;
      expect(isGtin(code.slice(0, at) + wrong + code.slice(at + 1))).toBe(false);
    }),
  );
});

test("[PRD2] a shop's own code is a barcode too, but nothing with spaces or control characters is", () => {
  for (const code of ['85123A', 'A-1/2', '8992761111014']) expect(barcodeShape.safeParse(code).success).toBe(true);
  for (const code of ['', 'a b', 'a\n', 'é', 'x'.repeat(33)]) expect(barcodeShape.safeParse(code).success).toBe(false);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  base32FromBytes,
  branchIdShape,
  cartIdShape,
  deviceIdFromBytes,
  deviceIdShape,
  entryId,
  entryIdShape,
  SEQ_MAX,
  scopeShape,
  splitEntryId,
  tillCodeShape,
} from './ids.ts';
import { quantity, quantityShape } from './quantity.ts';
import { nextRevision, revisionShape, sameRevision } from './revision.ts';

const DEVICE = deviceIdShape.parse('0123456789abcdef');
const anySeq = fc.integer({ min: 1, max: SEQ_MAX });

test('[ENT3] an entry id is the device and its seq in ten digits', () => {
  expect(entryId(DEVICE, 42)).toBe('0123456789abcdef:0000000042');
  expect(splitEntryId(entryId(DEVICE, 42))).toEqual({ deviceId: DEVICE, seq: 42 });
});

test('[ENT3] the order of entry ids as text is the order of their seqs', () => {
  fc.assert(
    fc.property(anySeq, anySeq, (left, right) => {
      expect(entryId(DEVICE, left) < entryId(DEVICE, right)).toBe(left < right);
    }),
  );
});

test('[ENT3] every entry id is readable and splits into what made it', () => {
  fc.assert(
    fc.property(anySeq, (seq) => {
      expect(splitEntryId(entryIdShape.parse(entryId(DEVICE, seq)))).toEqual({ deviceId: DEVICE, seq });
    }),
  );
});

test('[ENT3] there is no entry 0, none below it and none beyond ten digits', () => {
  for (const seq of [0, -1, 1.5, Number.NaN, SEQ_MAX + 1]) expect(() => entryId(DEVICE, seq)).toThrow(RangeError);
  expect(entryIdShape.safeParse(`${DEVICE}:0000000000`).success).toBe(false);
  expect(entryIdShape.safeParse(`${DEVICE}:00000000001`).success).toBe(false);
});

test('[ENR4] sixteen random bytes make a device id of 80 bits', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 16, maxLength: 40 }), (bytes) => {
      const id = deviceIdFromBytes(bytes);
      expect(deviceIdShape.parse(id)).toBe(id);
      expect(id).toBe(base32FromBytes(bytes.subarray(0, 16)));
    }),
  );
  expect(base32FromBytes(Uint8Array.from({ length: 32 }, (_, value) => value))).toBe(
    '0123456789abcdefghjkmnpqrstvwxyz',
  );
});

test('[ENR4] too few random bytes make no device id', () => {
  expect(() => deviceIdFromBytes(new Uint8Array(15))).toThrow();
});

test.each([
  ['device id', deviceIdShape, ['0123456789abcdeu', '0123456789ABCDEF', '0123456789abcde', '0123456789abcdef\n']],
  ['branch', branchIdShape, ['', '-a', 'A', 'a b', 'a'.repeat(33), '*', 'a/b', '../x']],
  ['scope', scopeShape, ['', '**', '*a', 'A']],
  ['cart id', cartIdShape, ['short', 'x'.repeat(41), 'cart 00001', 'cart-0000é']],
  ['till code', tillCodeShape, ['', 'k1', '1K', 'K1234567X', 'K-1']],
])('[ENT1] a text that is no %s is not read as one', (_what, shape, bad) => {
  for (const text of bad) expect(shape.safeParse(text).success).toBe(false);
});

test('[STK12] a quantity is an integer of at most a thousand million either way', () => {
  expect(quantity(-1_000_000_000)).toBe(-1_000_000_000);
  expect(Object.is(quantity(-0), 0)).toBe(true);
  for (const bad of [0.5, Number.NaN, 1_000_000_001, 8_992_761_111_014]) {
    expect(() => quantity(bad)).toThrow(RangeError);
    expect(quantityShape.safeParse(bad).success).toBe(false);
  }
});

test('[EDT2] a revision is named by its epoch and its number, and follows the one before in either epoch', () => {
  const first = nextRevision(null, 1);
  expect(revisionShape.parse(first)).toEqual({ epoch: 1, n: 1 });
  expect(nextRevision(first, 2)).toEqual({ epoch: 2, n: 2 });
  expect(sameRevision(first, { epoch: 1, n: 1 })).toBe(true);
  expect(sameRevision(first, { epoch: 2, n: 1 })).toBe(false);
  expect(sameRevision(first, null)).toBe(false);
  expect(sameRevision(null, null)).toBe(true);
});

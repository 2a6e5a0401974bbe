import fc from 'fast-check';
import { expect, test } from 'vitest';
import { base32FromBytes } from '../ids.ts';
import { ENROL_CODE_LENGTH } from '../limits.ts';
import { enrolCodeShape, normaliseEnrolCode, publicKeyShape } from './enrol.ts';

test.each([
  ['k7m2pq9x', 'k7m2pq9x'],
  ['K7M2-PQ9X', 'k7m2pq9x'],
  [' k7m2 pq9x\n', 'k7m2pq9x'],
  ['kOmI-pLq9', 'k0m1p1q9'],
  ['K7 m2-PQ9x', 'k7m2pq9x'],
])('[ENR1] %j is the code %s', (typed, code) => {
  expect(normaliseEnrolCode(typed)).toBe(code);
  expect(enrolCodeShape.safeParse(code).success).toBe(true);
});

test.each(['', 'k7m2pq9', 'k7m2pq9xx', 'k7m2pq9u', 'k7m2pq9é', '👍👍'])('[ENR1] %j is no code', (typed) => {
  expect(enrolCodeShape.safeParse(normaliseEnrolCode(typed)).success).toBe(false);
});

const anyCode = fc.uint8Array({ minLength: ENROL_CODE_LENGTH, maxLength: ENROL_CODE_LENGTH }).map(base32FromBytes);

test('[ENR1] a code is understood however a person writes it', () => {
  fc.assert(
    fc.property(anyCode, fc.array(fc.nat(ENROL_CODE_LENGTH), { maxLength: 4 }), fc.boolean(), (code, cuts, upper) => {
      const cut = cuts.reduce((text, at) => `${text.slice(0, at)}${upper ? ' ' : '-'}${text.slice(at)}`, code);
      const typed = upper ? cut.toUpperCase() : cut.replaceAll('0', 'o').replaceAll('1', 'l');
      expect(normaliseEnrolCode(typed)).toBe(code);
    }),
  );
});

const KEY = {
  kty: 'EC',
  crv: 'P-256',
  x: 'MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4',
  y: '4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM',
};

test('[ENR5] a private part of a key is lost at the door', () => {
  expect(publicKeyShape.parse({ ...KEY, d: 'secret', key_ops: ['sign'] })).toEqual(KEY);
});

test('[ENR5] a key of another kind or size is no key', () => {
  for (const wrong of [{ kty: 'RSA' }, { crv: 'P-384' }, { x: `${KEY.x}A` }, { y: '' }, { y: undefined }]) {
    expect(publicKeyShape.safeParse({ ...KEY, ...wrong }).success).toBe(false);
  }
});

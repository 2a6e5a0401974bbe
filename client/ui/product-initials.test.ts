import { expect, test } from 'vitest';
import { initialsOf, TINTS, tintOf } from './product-initials.ts';

test('[CAT7] a product without a picture shows its initials on a tint of its own', () => {
  expect(initialsOf('kopi tubruk 65 g')).toBe('KT');
  expect(initialsOf('“Teh”')).toBe('T');
  expect(initialsOf('7 Up')).toBe('7U');
  expect(initialsOf('***')).toBe('');
  expect(tintOf('Kopi Tubruk')).toBe(tintOf('Kopi Tubruk'));
  const tints = new Set(Array.from({ length: 100 }, (_, index) => tintOf(`Produk ${index}`)));
  expect(tints.size).toBe(TINTS);
});

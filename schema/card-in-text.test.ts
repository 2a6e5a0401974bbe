import { expect, test } from 'vitest';
import { findTypedCard } from './card-in-text.ts';

const CARD = '4111 1111 1111 1111';

test('[CARD1] a card number is found wherever a person may type it, and a product’s own name is left alone', () => {
  expect(findTypedCard({ note: CARD })).toBe('note');
  expect(findTypedCard({ reason: CARD })).toBe('reason');
  expect(findTypedCard({ customer: { name: CARD } })).toBe('customer');
  const noted = { name: 'Kopi', productId: 'kopi', note: `kartu ${CARD}` };
  expect(findTypedCard({ lines: [{ name: 'Teh', productId: 'teh' }, noted] })).toBe('2');
  expect(findTypedCard({ lines: [{ name: CARD }] })).toBe('1');
  const fine = { lines: [{ name: CARD, productId: 'teh' }], note: 'tanpa gula', customer: { name: 'Ibu Tini' } };
  expect(findTypedCard(fine)).toBeNull();
});

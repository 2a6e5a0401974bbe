import { expect, test } from 'vitest';
import { labelledLine } from './labelled-line.ts';
import { exampleProduct } from './testing/example-product.ts';

const rice = exampleProduct({ id: 'beras', name: 'Beras', unitScale: 1_000, price: 14_500 });
const noodles = exampleProduct();

test('[PRD4] a weight becomes the line’s quantity', () => {
  expect(labelledLine({ kind: 'weight', value: 750 }, rice, 'half-up')).toMatchObject({
    quantity: 750,
    unitPrice: 14_500,
  });
  expect(labelledLine({ kind: 'weight', value: 750 }, noodles, 'half-up')).toBeNull();
});

test('[PRD5] a price becomes the quantity that costs it, and what is too much comes off', () => {
  const line = labelledLine({ kind: 'price', value: 10_000 }, rice, 'half-up');
  expect(line).toMatchObject({ quantity: 690, discount: { type: 'amount', amount: 5 } });
  expect(labelledLine({ kind: 'price', value: 14_500 }, rice, 'half-up')?.discount).toBeUndefined();
});

test('[PRD5] of what is sold by the piece, a price must be that of whole pieces', () => {
  expect(labelledLine({ kind: 'price', value: 10_500 }, noodles, 'half-up')).toMatchObject({ quantity: 3 });
  expect(labelledLine({ kind: 'price', value: 10_000 }, noodles, 'half-up')).toBeNull();
  expect(labelledLine({ kind: 'price', value: 10_000 }, exampleProduct({ price: 0 }), 'half-up')).toBeNull();
});

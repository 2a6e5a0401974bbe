import { expect, test } from 'vitest';
import { exampleProduct } from '../till/testing/example-product.ts';
import { takenBarcode } from './taken-barcode.ts';

test('[OFFICE19] a barcode that another product has is named with it; its own, and one of what is no longer sold, are free', () => {
  const [tea, old] = [exampleProduct({ id: 'tea' }), exampleProduct({ id: 'old', active: false })];
  const byBarcode = (code: string) => ({ '111': tea, '222': old })[code];
  expect(takenBarcode(['999', '222', '111'], undefined, byBarcode)).toEqual({ code: '111', product: tea });
  expect(takenBarcode(['111', '222'], tea.id, byBarcode)).toBeUndefined();
});

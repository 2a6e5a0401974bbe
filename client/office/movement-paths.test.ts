import { expect, test } from 'vitest';
import type { ProductId } from '../../schema/ids.ts';
import { movementPath, movementsOf, readMovementPath } from './movement-paths.ts';

test('[MOV3] an address leads to a form, with a product where one is named, and to the list from anywhere else', () => {
  const product = 'kopi_1' as ProductId;
  expect(readMovementPath(movementPath('adjust', product))).toEqual({ form: 'adjust', id: product });
  expect(readMovementPath(movementPath('transfer-out'))).toEqual({ form: 'transfer-out', id: '' });
  expect(readMovementPath('/movements/transfer-in/kirim-1')).toEqual({ form: 'transfer-in', id: 'kirim-1' });
  expect(readMovementPath(movementsOf(product))).toEqual({ form: null, id: product });
  for (const other of ['/movements', '/movements/nonsense/x', '/movements/of/%E0%A4%A'])
    expect(readMovementPath(other)).toEqual({ form: null, id: '' });
});

import { productShape } from '../../../schema/product.ts';

/** A product for tests; `with` says what differs from a plain one at Rp 3.500. */
export function exampleProduct(differs: Partial<Record<keyof ReturnType<typeof productShape.parse>, unknown>> = {}) {
  return productShape.parse({
    id: 'mie',
    scope: '*',
    rev: { epoch: 1, n: 1 },
    name: 'Mie goreng',
    price: 3_500,
    barcodes: ['8998866200578'],
    category: 'Noodles',
    unitScale: 1,
    taxId: 'ppn',
    active: true,
    ...differs,
  });
}

import { expect, test } from 'vitest';
import { barcodeShape } from '../../schema/product.ts';
import { barcodeOf, catalogueCsv, productsOf } from './products.ts';

const row = (code: string, description: string, price: number) => ({
  line: 1,
  invoice: '1',
  code,
  description,
  quantity: 1,
  price,
});

test('a product has the first description there is and the usual positive price', () => {
  const rows = [row('A', '', 0), row('A', 'LANTERN', 339), row('A', 'lost', 255), row('A', 'LANTERN', 255)];
  expect(productsOf(rows)).toEqual([{ code: 'A', barcode: 'A', name: 'LANTERN', price: 255 }]);
  expect(productsOf([row('B', '', -5)])).toEqual([{ code: 'B', barcode: 'B', name: 'B', price: 0 }]);
});

test('codes that differ give barcodes that differ, and all of them are barcodes', () => {
  const codes = [
    '85123A',
    '85123a',
    'BANK CHARGES',
    'BANK~20~CHARGES',
    'gift_0001_40',
    'café',
    'cafe',
    '~',
    'é'.repeat(40),
    'é'.repeat(41),
    '%"',
  ];
  const barcodes = codes.map(barcodeOf);
  expect(new Set(barcodes).size).toBe(codes.length);
  for (const barcode of barcodes) expect(barcodeShape.safeParse(barcode).success).toBe(true);
  expect(barcodes.slice(0, 3)).toEqual(['85123A', '85123a', 'BANK~20~CHARGES']);
});

test('the catalogue quotes what a CSV must quote', () => {
  expect(catalogueCsv([{ code: 'A', barcode: 'A', name: 'A "B", C', price: 5 }])).toBe(
    'barcode,name,price\n"A","A ""B"", C",0.05\n',
  );
});

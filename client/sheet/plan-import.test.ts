import { expect, test } from 'vitest';
import { readCsv } from '../../schema/csv-records.ts';
import type { ProductId } from '../../schema/ids.ts';
import { money } from '../../schema/money.ts';
import type { Product } from '../../schema/product.ts';
import { answerSheet } from './answer-sheet.ts';
import { type ImportPlan, planImport } from './plan-import.ts';
import { csvText, productTable } from './product-table.ts';
import { readSheet, writeWorkbook } from './sheet-file.ts';

const IDR = { code: 'IDR', digits: 0 };
const product = (id: string, more: Partial<Product> = {}): Product => ({
  ...{ id: id as ProductId, scope: '*' as Product['scope'], rev: { epoch: 1, n: 1 }, name: id, price: money(1_000) },
  ...{ barcodes: [`B-${id}`], category: 'Other', unitScale: 1, taxId: 'ppn11', active: true, ...more },
});
const SHELF = [
  product('Kopi'),
  product('Teh', { barcodes: [] }),
  product('=Gula', { unitScale: 1_000, sku: 'G-1', branchPrices: { utara: 900 } as never }),
];

let made = 0;
const rules = () => {
  made = 0;
  return {
    ...{ currency: IDR, taxes: [{ id: 'ppn11', name: 'PPN 11%' }], taxId: 'ppn11', branches: ['utara', 'selatan'] },
    newId: () => {
      made += 1;
      return `new${made}`;
    },
  };
};
const plan = (...lines: string[]) => planImport(readCsv(lines.join('\n')), SHELF, rules()) as ImportPlan;

test('[OFFICE12] a row means the product of its id, its barcode or its name, and else makes one', () => {
  const { changes, ...counts } = plan(
    'id,barcode,name,price',
    'Kopi,,,1500',
    ',,Teh,2000',
    ',N1,Roti,3.000',
    ',B-=Gula,Gula pasir,',
  );
  expect(counts).toEqual({ made: 1, changed: 3, same: 0, bad: [] });
  expect(changes).toEqual([
    { id: 'Kopi', patch: { price: 1_500 } },
    { id: 'Teh', patch: { price: 2_000 } },
    {
      id: 'new1',
      make: true,
      patch: { barcodes: ['N1'], category: '', unitScale: 1, taxId: 'ppn11', active: true, name: 'Roti', price: 3_000 },
    },
    { id: '=Gula', patch: { name: 'Gula pasir' } },
  ]);
});

test('[OFFICE12] an empty cell changes nothing, and a row that says what is there is none', () => {
  expect(plan('name,price,category', 'Teh,,', 'Kopi,1000,Other')).toMatchObject({ changes: [], same: 2, bad: [] });
});

test.each([
  ['a price that is none', 'Teh,,cheap,', 'price', 'cheap'],
  ['a new product without a price', 'Roti,,,', 'no-price', 'Roti'],
  ['a new product without a name', ',N1,5,', 'name', ''],
  ['a barcode that a spreadsheet shortened', 'Teh,8.99E+12,,', 'shortened', '8.99E+12'],
  ['an unknown tax', 'Teh,,,moon', 'tax', 'moon'],
  ['more cells than were named', 'Teh,,,,5', 'cells', '5'],
])('[OFFICE12] %s leaves its own row out, with line and reason', (_what, line, fault, value) => {
  const { bad, changed } = plan('name,barcode,price,tax', line, 'Kopi,,1500,');
  expect(changed).toBe(1);
  expect(bad).toEqual([{ line: 2, fault, value }]);
});

test('[OFFICE12] two rows for one product, one barcode in two rows, broken quoting: each names its line', () => {
  const { bad, made: count } = plan(
    'name,barcode,price',
    'A,N1,1',
    'B,N1,1',
    'C,N2,1',
    'D,"N3" x,1',
    'Kopi,,5',
    'Kopi,,6',
  );
  expect(count).toBe(2);
  expect(bad).toEqual([
    { line: 3, fault: 'barcode-taken', value: 'N1 A' },
    { line: 5, fault: 'quoting', value: '' },
    { line: 7, fault: 'twice', value: '6' },
  ]);
});

test('[OFFICE12] a column of a branch’s prices changes those, a dash takes one away, and the other branches keep theirs', () => {
  const { changes, same, bad } = plan(
    'name,price:selatan,Harga:Utara',
    '=Gula,800,',
    'Kopi,1.500,-',
    'Teh,,-',
    'Teh hijau,x,',
  );
  expect(changes).toEqual([
    { id: '=Gula', patch: { branchPrices: { utara: 900, selatan: 800 } } },
    { id: 'Kopi', patch: { branchPrices: { selatan: 1_500 } } },
  ]);
  expect([same, bad]).toEqual([1, [{ line: 5, fault: 'price', value: 'x' }]]);
  expect(plan('name,price:utara', '=Gula,-').changes).toEqual([{ id: '=Gula', patch: { branchPrices: {} } }]);
  expect(plan('name,price,price:utara', 'Roti,5,6').changes[0]?.patch).toMatchObject({
    price: 5,
    branchPrices: { utara: 6 },
  });
  expect(planImport(readCsv('name,price:mars\nTeh,5'), SHELF, rules())).toBe('no-branch');
});

test('[OFFICE12] a file without rows, or without names and ids, is none', () => {
  expect(planImport(readCsv(''), SHELF, rules())).toBe('empty');
  expect(planImport(readCsv('price\n5'), SHELF, rules())).toBe('no-name');
});

test('[OFFICE13] what was exported changes nothing when it is imported, as CSV and as a workbook', async () => {
  const table = productTable(SHELF, IDR, ['selatan']);
  expect(plan(csvText(table))).toMatchObject({ changes: [], same: 3, bad: [] });
  const bytes = new Uint8Array(await (await writeWorkbook(table)).arrayBuffer());
  const sheet = await readSheet(bytes);
  expect(sheet && planImport(sheet, SHELF, rules())).toMatchObject({ changes: [], same: 3, bad: [] });
});

test('[OFFICE13] what was exported changes nothing either where products share a barcode, or are called what no cell can hold', () => {
  const shelf = [
    product('Tua', { active: false, barcodes: ['X'] }),
    product('Baru', { barcodes: ['X'] }),
    product('Kembar', { barcodes: ['X'] }),
    product('spaces', { name: "'-50  promo", sku: "'=1" }),
  ];
  const table = productTable(shelf, IDR, []);
  const planned = (csv: string) => planImport(readCsv(csv), shelf, rules()) as ImportPlan;
  expect(planned(csvText(table))).toMatchObject({ changes: [], same: 4, bad: [] });
  for (const row of ['Tua,,yes', 'Tua,X,yes'])
    expect(planned(`id,barcode,active\n${row}`).bad).toMatchObject([{ fault: 'barcode-taken', value: 'X Kembar' }]);
});

test('[OFFICE12] a row about what is no longer sold, by barcode or name, brings it back instead of making another', () => {
  const shelf = [product('Lama', { active: false }), product('Tanpa', { active: false, barcodes: [] })];
  const planned = (csv: string) => planImport(readCsv(csv), shelf, rules()) as ImportPlan;
  const { changes, made: count, bad } = planned('name,barcode,price\nLama baru,B-Lama,1000\nTanpa,,1000');
  expect(changes).toEqual([
    { id: 'Lama', patch: { name: 'Lama baru', active: true } },
    { id: 'Tanpa', patch: { active: true } },
  ]);
  expect([count, bad]).toEqual([0, []]);
  expect(planned('id,price\nLama,1000')).toMatchObject({ changes: [], same: 1 });
  expect(planned('name,barcode,active\nLama,B-Lama,no')).toMatchObject({ changes: [], same: 1 });
});

test('[OFFICE12] rupiah as people write them, and a tax by its name', () => {
  const { changes, bad } = plan('nama,harga,pajak', 'Teh,Rp 9.000,ppn 11%', 'Kopi,"9.500,-",PPN 12%', '=Gula,rp.800,');
  expect(changes).toEqual([
    { id: 'Teh', patch: { price: 9_000 } },
    { id: '=Gula', patch: { price: 800 } },
  ]);
  expect(bad).toEqual([{ line: 3, fault: 'tax', value: 'PPN 12%' }]);
});

test('[OFFICE12] what is no table is said to be none', async () => {
  const fault = async (bytes: readonly number[]) => {
    const call = { products: SHELF, currency: IDR, taxes: [], taxId: '', idStem: 'x', branches: [] };
    const answer = await answerSheet({ what: 'plan', bytes: new Uint8Array(bytes), ...call });
    return answer.what === 'fault' && answer.fault;
  };
  expect(await fault([0x89, 0x50, 0x4e, 0x47, 0, 0])).toBe('unreadable');
  expect(await fault([0x50, 0x4b, 0x03, 0x04, 1, 2, 3])).toBe('unreadable');
  expect(await fault([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0])).toBe('locked');
  expect(await fault([])).toBe('empty');
});

test('[OFFICE12] a hundred thousand rows are read, and one more is too many', () => {
  const rows = Array.from({ length: 100_000 }, (_, row) => `P${row},X${row},${row + 1}`);
  expect(plan('name,barcode,price', ...rows)).toMatchObject({ made: 100_000, bad: [] });
  const file = readCsv(['name,barcode,price', ...rows, 'One more,Y,1'].join('\n'));
  expect(planImport(file, SHELF, rules())).toBe('too-many');
});

import { expect, test } from 'vitest';
import { branchIdShape } from '../../schema/ids.ts';
import type { Product } from '../../schema/product.ts';
import { createManualTimers } from '../sync/manual-timers.ts';
import { createCatalogue } from './catalogue.ts';
import { normaliseText, withinOneSlip } from './search-text.ts';

const product = (id: string, name: string, more: Partial<Record<keyof Product, unknown>> = {}) =>
  ({
    id,
    scope: '*',
    rev: { epoch: 1, n: 1 },
    name,
    price: 100,
    barcodes: [],
    category: 'Food',
    unitScale: 1,
    taxId: '',
    active: true,
    ...more,
  }) as unknown as Product;

const BRANCH = branchIdShape.parse('utama');
const goods = [
  product('1', 'Teh Botol Sosro', { barcodes: ['899001'], category: 'Drinks' }),
  product('2', 'Susu Ultra Cokelat', { barcodes: ['899002'], category: 'Drinks', sku: 'SU-14' }),
  product('3', 'Indomie Goreng', { barcodes: ['899003', 'INDO'] }),
  product('4', 'Mie Goreng Sedaap'),
  product('5', 'Kopi Crème Brûlée', { category: 'Drinks' }),
  product('6', 'Old Tea', { active: false, barcodes: ['899006'] }),
];

function open(pending: Record<string, object> = {}) {
  const timers = createManualTimers();
  const catalogue = createCatalogue(timers, (id) => (pending[id] ? [{ patch: pending[id] as never }] : []), BRANCH);
  catalogue.load(goods);
  timers.pass(1_000);
  return catalogue;
}
const ids = (found: readonly Product[]) => found.map(({ id }) => id).join('');
const all = { category: '', limit: 50 };

test('[CAT1] a barcode finds its product, exactly', () => {
  const catalogue = open();
  expect(catalogue.byBarcode('899003')?.id).toBe('3');
  expect(catalogue.byBarcode('INDO')?.id).toBe('3');
  expect(catalogue.byBarcode('89900')).toBeUndefined();
  expect(catalogue.byBarcode('899006')).toBeUndefined();
});

test('[CAT1] a barcode that moved finds its new product only', () => {
  const catalogue = open();
  catalogue.put([product('4', 'Mie Goreng Sedaap', { barcodes: ['899003'] })]);
  catalogue.put([product('3', 'Indomie Goreng', { barcodes: ['INDO'] })]);
  expect(catalogue.byBarcode('899003')?.id).toBe('4');
  catalogue.put([product('4', 'Mie Goreng Sedaap')]);
  expect(catalogue.byBarcode('899003')).toBeUndefined();
});

test('[CAT1] a barcode that a product took for a while is its former holder’s again', () => {
  const catalogue = open();
  catalogue.put([product('4', 'Mie Goreng Sedaap', { barcodes: ['899003'] })]);
  expect(catalogue.byBarcode('899003')?.id).toBe('4');
  catalogue.put([product('4', 'Mie Goreng Sedaap')]);
  expect(catalogue.byBarcode('899003')?.id).toBe('3');
});

test('[SYNC18] a product that the server never had is gone from lists, barcodes and search', () => {
  const catalogue = open();
  catalogue.remove(['3', 'nothing']);
  expect([catalogue.product('3' as never), catalogue.byBarcode('899003')]).toEqual([undefined, undefined]);
  expect([ids(catalogue.search('', all)), ids(catalogue.search('goreng', all)), catalogue.count()]).toEqual([
    '5421',
    '4',
    4,
  ]);
});

test.each([
  ['', '35421', 'everything by name'],
  ['teh', '1', 'a word'],
  ['GORENG', '34', 'in the middle, whatever the case'],
  ['mie', '43', 'names that begin with it come first'],
  ['goreng mie', '43', 'words in any order, at their start before inside'],
  ['creme brulee', '5', 'without accents'],
  ['899002', '2', 'by barcode digits'],
  ['su-14', '2', 'by SKU'],
  ['indomei', '3', 'with two letters swapped'],
  ['cokela', '2', 'while it is still typed'],
  ['cokalat', '2', 'with a wrong letter'],
  ['xyz', '', 'nothing'],
  ['tea', '', 'what is not sold any more is not found, and short words are taken as they are'],
])('[CAT2] searching %j finds %j: %s', (text, found) => {
  expect(ids(open().search(text, all))).toBe(found);
});

test('[CAT2] within a category, and at most so many', () => {
  expect(ids(open().search('', { category: 'Drinks', limit: 2 }))).toBe('52');
  expect(ids(open().search('goreng', { category: 'Drinks', limit: 2 }))).toBe('');
  expect(open().categories()).toEqual([
    { category: 'Drinks', count: 3 },
    { category: 'Food', count: 2 },
  ]);
  expect(open().count()).toBe(5);
});

test('[CAT5] lists go by the first letter or digit of a name, not by quotes and brackets', () => {
  const catalogue = open();
  catalogue.put([product('7', '"Kecap" Manis'), product('8', '(obral) Lilin')]);
  expect(ids(catalogue.search('', all))).toBe('3754821');
});

test('[CAT3] a search answers before its words are taken in, and forgives slips', () => {
  const catalogue = createCatalogue(createManualTimers(), () => [], BRANCH);
  catalogue.load(goods);
  expect(ids(catalogue.search('indomie', all))).toBe('3');
  expect(ids(catalogue.search('indomei', all))).toBe('3');
});

test('[EDT7] pending edits are searched, scanned and sorted as they will be', () => {
  const pending: Record<string, object> = {};
  const catalogue = open(pending);
  pending['1'] = { name: 'Air Mineral', barcodes: ['777'], price: 5 };
  catalogue.refresh(['1']);
  expect(ids(catalogue.search('', all))).toBe('13542');
  expect(catalogue.byBarcode('777')?.price).toBe(5);
  expect(catalogue.byBarcode('899001')).toBeUndefined();
  expect(catalogue.serverProduct('1' as never)?.name).toBe('Teh Botol Sosro');
  delete pending['1'];
  catalogue.refresh(['1']);
  expect(catalogue.byBarcode('899001')?.name).toBe('Teh Botol Sosro');
});

test('[CAT4] screens hear of a change, and see a new price in the list they sorted before', () => {
  const catalogue = open();
  const [first] = catalogue.search('', { category: '', limit: 1 });
  const before = catalogue.version.get();
  catalogue.put([{ ...(first as Product), price: 1 as never }]);
  expect(catalogue.version.get()).toBe(before + 1);
  expect(catalogue.search('', { category: '', limit: 1 })[0]?.price).toBe(1);
  expect(first?.price).toBe(100);
});

test('[CAT2] one slip is an insertion, a deletion, a replacement or a swap, and no more', () => {
  for (const near of ['kopi', 'kpi', 'koppi', 'kopa', 'kpoi', 'opi', 'kopix'])
    expect([near, withinOneSlip(near, 'kopi')]).toEqual([near, true]);
  for (const far of ['kp', 'kopiss', 'kapa', 'pkio', '', 'ipok'])
    expect([far, withinOneSlip(far, 'kopi')]).toEqual([far, false]);
  expect(normaliseText('  Crème   BRÛLÉE ')).toBe('creme brulee');
});

test('[PRD6] a till finds its branch’s price, and an edit begins from the product as everybody has it', () => {
  const prices = { utama: 130, lain: 90 };
  const pending: Record<string, object> = {};
  const catalogue = open(pending);
  catalogue.put([product('3', 'Indomie Goreng', { barcodes: ['899003'], branchPrices: prices })]);
  const found = [catalogue.product('3' as never), catalogue.byBarcode('899003'), catalogue.search('indomie', all)[0]];
  expect(found.map((one) => one?.price)).toEqual([130, 130, 130]);
  expect(catalogue.edited('3' as never)).toMatchObject({ price: 100, branchPrices: prices });
  expect(catalogue.all().find(({ id }) => id === '3')?.price).toBe(100);
  pending['3'] = { branchPrices: { utama: 140 } };
  catalogue.refresh(['3']);
  expect(catalogue.product('3' as never)?.price).toBe(140);
  expect(catalogue.edited('3' as never)).toMatchObject({ price: 100, branchPrices: { utama: 140 } });
});

const NAMES = [
  'kopi',
  'Kopi',
  'KOPI susu',
  '"Kopi"',
  '[b] Teh',
  'b teh',
  'Éclair',
  'eclair',
  '1 liter',
  '90 gram',
  'Zat',
  'ñandu',
  '',
  '日本',
];

test.each([1, 3, 8, 40])(
  '[CAT10] the first %i by name, before anything is sorted, are those that sorting gives',
  (limit) => {
    const many = NAMES.flatMap((name, at) =>
      [0, 1, 2].map((copy) =>
        product(`${at}-${copy}`, name, { active: (at + copy) % 4 > 0, category: at % 2 ? 'Odd' : 'Even' }),
      ),
    );
    const pending: Record<string, object> = {
      '3-1': { name: 'aaa' },
      '5-2': { active: false },
      '0-0': { active: true },
    };
    const catalogue = createCatalogue(
      createManualTimers(),
      (id) => (pending[id] ? [{ patch: pending[id] as never }] : []),
      BRANCH,
    );
    catalogue.load(many);
    catalogue.refresh(Object.keys(pending));
    const [count, categories] = [catalogue.count(), catalogue.categories()];
    const first = catalogue.search('', { category: '', limit });
    const sorted = catalogue.search('', { category: '', limit: 5_000 });
    expect(first).toEqual(sorted.slice(0, limit));
    expect(count).toBe(sorted.length);
    expect(categories).toEqual(
      ['Even', 'Odd'].map((category) => ({
        category,
        count: sorted.filter((one) => one.category === category).length,
      })),
    );
    expect(catalogue.search('', { category: '', limit })).toEqual(first);
  },
);

test('[CAT10] [CAT4] products that come, change and go after a start are in every list, whatever was asked for before', () => {
  const catalogue = createCatalogue(createManualTimers(), () => [], BRANCH);
  catalogue.load(goods.slice(0, 3));
  catalogue.load(goods.slice(3), false);
  expect(catalogue.product('3' as never)?.name).toBe('Indomie Goreng');
  catalogue.put([product('3', 'Abon'), product('7', 'Bakso')]);
  catalogue.remove(['4']);
  expect(catalogue.count()).toBe(5);
  expect(ids(catalogue.search('', { category: '', limit: 2 }))).toBe('37');
  expect(ids(catalogue.search('', all))).toBe('37521');
  expect(catalogue.byBarcode('899003')).toBeUndefined();
  expect(catalogue.all().map(({ id }) => id)).toEqual(['1', '2', '3', '5', '6', '7']);
});

import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Product } from '../../schema/product.ts';
import { OTHER_BRANCH, openTestShop, type TestEnrolment, type TestShop } from '../testing/test-shop.ts';
import { putProduct, readProduct } from './product-writer.ts';
import { pushEdits } from './push-edits.ts';

let shop: TestShop;
let manager: TestEnrolment;
let product: Product;

beforeEach(async () => {
  shop = await openTestShop();
  manager = await shop.enrol('manager', 'M1');
  await shop.addProduct('coffee');
  await shop.addProduct('tea');
  product = await read('coffee');
});
afterEach(() => shop.close());

const read = async (id: string) => (await shop.core.store.read((tx) => readProduct(tx, id))) as Product;
let count = 0;
const edit = (patch: object, base: object, change: object = {}) => {
  count += 1;
  const head = { editId: `edit-${String(count).padStart(6, '0')}`, collection: 'products', docId: 'coffee' };
  return { ...head, baseRevision: product.rev, base, patch, person: 'budi', at: 1, ...change };
};
const push = async (...rows: unknown[]) => (await pushEdits(shop.core, manager.stored, rows)).verdicts;

test('[EDT9] an edit is applied once, and answered the same however often it is pushed', async () => {
  const one = edit({ price: 1500 }, { price: 1000 });
  const first = await push(one);
  expect(first).toEqual([{ editId: one.editId, verdict: 'accepted', fields: ['price'], rev: { epoch: 1, n: 2 } }]);
  expect(await push(one, one)).toEqual([first[0], first[0]]);
  expect(await read('coffee')).toMatchObject({ price: 1500, rev: { epoch: 1, n: 2 } });
});

test('[EDT13] in another history than the device has pulled nothing is judged, so that no verdict stands for ever', async () => {
  const one = edit({ price: 1500 }, { price: 700 });
  const seen = { epoch: { n: 9, id: '9'.repeat(16) }, scopes: {} };
  const answer = await pushEdits(shop.core, manager.stored, [one], seen);
  expect(answer).toEqual({ epoch: shop.core.epoch, verdicts: [] });
  const right = { ...one, base: { price: 1000 } };
  const judged = await pushEdits(shop.core, manager.stored, [right], { ...seen, epoch: shop.core.epoch });
  expect(judged.verdicts).toMatchObject([{ verdict: 'accepted' }]);
});

test('[EDT4] two people change different fields: both apply', async () => {
  const verdicts = await push(edit({ price: 1500 }, { price: 1000 }), edit({ name: 'Kopi' }, { name: 'coffee' }));
  expect(verdicts.map(({ verdict }) => verdict)).toEqual(['accepted', 'merged']);
  expect(await read('coffee')).toMatchObject({ price: 1500, name: 'Kopi', rev: { n: 3 } });
});

test('[EDT5] a field that conflicts stays, is reported, and the others apply', async () => {
  await push(edit({ price: 1500 }, { price: 1000 }));
  const [verdict] = await push(edit({ price: 2000, name: 'Kopi' }, { price: 1000, name: 'coffee' }));
  expect(verdict).toMatchObject({ verdict: 'conflict', fields: ['name'], rev: { n: 3 } });
  expect(verdict?.conflicts).toEqual([{ field: 'price', base: 1000, mine: 2000, theirs: 1500 }]);
  expect(await read('coffee')).toMatchObject({ price: 1500, name: 'Kopi' });
});

test('[EDT3] wanting what is there already is no conflict, and no new revision', async () => {
  await push(edit({ price: 1500 }, { price: 1000 }));
  const [verdict] = await push(edit({ price: 1500 }, { price: 1000 }));
  expect(verdict).toMatchObject({ verdict: 'merged', rev: { n: 2 } });
  expect((await read('coffee')).rev).toEqual({ epoch: 1, n: 2 });
});

test('[I8] a new product is made of a whole edit, and not of half a one', async () => {
  const fields = { name: 'Gula', price: 500, barcodes: ['G1'], category: '', unitScale: 1, taxId: '', active: true };
  const made = edit(fields, {}, { docId: 'sugar', baseRevision: null });
  const half = edit({ name: 'Garam' }, {}, { docId: 'salt', baseRevision: null });
  expect(await push(made, half)).toMatchObject([
    { verdict: 'accepted' },
    { verdict: 'refused', reason: expect.stringContaining('invalid') },
  ]);
  expect(await read('sugar')).toEqual({ id: 'sugar', scope: '*', rev: { epoch: 1, n: 1 }, ...fields });
  expect(await read('salt')).toBeUndefined();
});

test('[I8] a barcode that another active product carries is refused by that product’s name', async () => {
  const [verdict] = await push(edit({ barcodes: ['B-tea'] }, { barcodes: ['B-coffee'] }));
  expect(verdict).toMatchObject({ verdict: 'refused', reason: 'barcode-taken: B-tea tea' });
  const other = edit({ active: false }, { active: true }, { docId: 'tea' });
  const again = edit({ barcodes: ['B-tea'] }, { barcodes: ['B-coffee'] });
  expect((await push(other, again)).map(({ verdict }) => verdict)).toEqual(['accepted', 'accepted']);
  // Back again it would share its barcode.
  expect(await push(edit({ active: true }, { active: false }, { docId: 'tea' }))).toMatchObject([
    { verdict: 'refused' },
  ]);
});

test.each([
  ['a field that is none', { patch: { rev: { epoch: 9, n: 9 } } }, 'field: rev'],
  ['the scope', { patch: { scope: 'utama' } }, 'field: scope'],
  ['nothing', { patch: {} }, 'field: none'],
  ['a price that is none', { patch: { price: -1 }, base: { price: 1000 } }, 'invalid: price'],
  ['a price that is no integer', { patch: { price: 0.5 }, base: { price: 1000 } }, 'bad-number'],
  ['an unknown tax', { patch: { taxId: 'moon' }, base: { taxId: 'ppn11' } }, 'unknown-tax'],
  ['an unknown product', { docId: 'nothing', patch: { price: 1 } }, 'unknown-product'],
  ['a company document that is none', { collection: 'company', patch: { name: 'x' } }, 'unknown-document'],
])('[PUSH1] %s is refused, and its neighbour applied', async (_what, change, reason) => {
  const bad = edit({}, {}, change);
  const good = edit({ price: 1500 }, { price: 1000 });
  const verdicts = await push(bad, good);
  expect(verdicts).toMatchObject([{ editId: bad.editId, verdict: 'refused' }, { verdict: 'accepted' }]);
  expect(verdicts[0]?.reason).toContain(reason);
});

test.each([[null], [{}], [1], [[]], [{ editId: 'x' }]])('[I12] a row that is no edit is refused: %j', async (row) => {
  expect(await push(row)).toMatchObject([{ editId: '', verdict: 'refused' }]);
});

test('[I9] a product of another branch is unknown, whatever of it is guessed', async () => {
  await shop.core.store.write([OTHER_BRANCH as string as Product['scope']], (tx) =>
    putProduct(tx, { ...product, id: 'theirs' as Product['id'], scope: OTHER_BRANCH as string as Product['scope'] }),
  );
  const guess = edit({ name: 'mine' }, { name: 'guess' }, { docId: 'theirs' });
  const made = edit({ name: 'mine' }, {}, { docId: 'theirs', baseRevision: null });
  const refused = { verdict: 'refused', reason: 'unknown-product' };
  expect(await push(guess, made)).toEqual([
    { editId: guess.editId, ...refused },
    { editId: made.editId, ...refused },
  ]);
  expect(await read('theirs')).toMatchObject({ name: 'coffee' });
});

test('[ROLE2] tills and developers edit nothing', async () => {
  for (const [role, till] of [
    ['till', 'K1'],
    ['developer', 'D1'],
  ] as const) {
    const device = await shop.enrol(role, till);
    const { verdicts } = await pushEdits(shop.core, device.stored, [edit({ price: 1 }, { price: 1000 })]);
    expect(verdicts).toMatchObject([{ verdict: 'refused', reason: 'role' }]);
  }
  expect((await read('coffee')).price).toBe(1000);
});

test('[EDT19] two branches’ prices of one product both apply, and one branch’s is a conflict that loses no other', async () => {
  const first = await push(edit({ branchPrices: { utama: 900 } }, {}), edit({ branchPrices: { cabang: 800 } }, {}));
  expect(first.map(({ verdict }) => verdict)).toEqual(['accepted', 'merged']);
  expect(await read('coffee')).toMatchObject({ price: 1000, branchPrices: { utama: 900, cabang: 800 } });
  const [verdict] = await push(edit({ branchPrices: { utama: 700 } }, {}));
  expect(verdict?.conflicts).toEqual([
    {
      ...{ field: 'branchPrices', mine: { utama: 700, cabang: 800 } },
      theirs: { utama: 900, cabang: 800 },
    },
  ]);
});

test('[EDT20] what a cashier wishes at a manager’s device changes no product, nor what somebody wishes who left', async () => {
  const wishes = ['sari', 'nobody'].map((person) => edit({ price: 1 }, { price: 1000 }, { person }));
  expect(await push(...wishes)).toMatchObject(wishes.map(() => ({ verdict: 'refused', reason: 'person' })));
  expect(await read('coffee')).toMatchObject({ price: 1000 });
});

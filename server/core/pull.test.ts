import { afterEach, beforeEach, expect, test } from 'vitest';
import { COMPANY_SCOPE, type ProductId } from '../../schema/ids.ts';
import { PULL_LIMIT_DEFAULT, PULL_LIMIT_MAX } from '../../schema/limits.ts';
import type { Checkpoint } from '../../schema/protocol/checkpoint.ts';
import { pulledDocumentShapes } from '../../schema/protocol/pull.ts';
import type { PulledCollection } from '../../schema/roles.ts';
import { createTestJournal } from '../testing/test-device.ts';
import { pushRows } from '../testing/test-push.ts';
import { OTHER_BRANCH, openTestShop, type TestEnrolment, type TestShop } from '../testing/test-shop.ts';
import { parseCheckpoint } from './checkpoint.ts';
import { parseLimit, pull } from './pull.ts';
import { pushDrafts } from './push-drafts.ts';
import { readStatus } from './status.ts';

let shop: TestShop;
let till: TestEnrolment;

beforeEach(async () => {
  shop = await openTestShop();
  till = await shop.enrol();
});
afterEach(() => shop.close());

const page = async (collection: PulledCollection, checkpoint?: Checkpoint, limit = 10, device = till) => {
  const { documents, ...rest } = await pull(shop.core, device.stored, { collection, checkpoint, limit });
  return { ...rest, documents: documents.map((text) => JSON.parse(text) as { id: string }) };
};
const addProducts = async (count: number) => {
  for (let index = 1; index <= count; index += 1) await shop.addProduct(`p${index}`);
};

test('[PULL1] pages follow commit order, and the checkpoint names every scope', async () => {
  await addProducts(5);
  const first = await page('products', undefined, 2);
  expect(first.documents.map(({ id }) => id)).toEqual(['p1', 'p2']);
  expect(Object.keys(first.checkpoint.scopes)).toEqual([COMPANY_SCOPE, 'utama']);
  const second = await page('products', first.checkpoint, 2);
  const third = await page('products', second.checkpoint, 2);
  expect([second.more, third.more]).toEqual([true, false]);
  expect(third.documents.map(({ id }) => id)).toEqual(['p5']);
});

test('[PULL2] a page that is exactly full and the last says so, and nothing comes twice', async () => {
  await addProducts(4);
  const first = await page('products', undefined, 4);
  expect([first.documents.length, first.more]).toEqual([4, false]);
  expect((await page('products', first.checkpoint)).documents).toEqual([]);
});

test('[PULL6] a product that is not sold any more is pulled as such, and stays', async () => {
  await addProducts(2);
  const { checkpoint } = await page('products');
  await shop.addProduct('p1', { active: false });
  const [changed] = (await page('products', checkpoint)).documents;
  expect(changed).toMatchObject({ id: 'p1', active: false });
  expect((await page('products')).documents.map(({ id }) => id)).toEqual(['p2', 'p1']);
});

test('[PULL4] what is written between pages is not missed, and the newest state is what comes', async () => {
  await addProducts(4);
  const first = await page('products', undefined, 3);
  await shop.addProduct('p1', { name: 'changed' });
  await shop.addProduct('p5');
  const second = await page('products', first.checkpoint);
  expect(second.documents.map(({ id }) => id)).toEqual(['p4', 'p1', 'p5']);
});

test('[PULL1] every pulled document has its shape', async () => {
  const product = await shop.addProduct('coffee');
  const journal = createTestJournal(await shop.enrol('till', 'K2'));
  const other = await shop.enrol('till', 'K3');
  await pushRows(shop.core, other, [createTestJournal(other).receive(product, 1)]);
  expect(journal.head.seq).toBe(0);
  const change = {
    changeId: 'change-1',
    draftId: 'cart-of-sari',
    kind: 'cart',
    baseHeads: [],
    heads: ['a'.repeat(64)],
  };
  await pushDrafts(shop.core, other.stored, [{ ...change, bytes: 'aGVsbG8=' }]);
  for (const [name, shape] of Object.entries(pulledDocumentShapes)) {
    const { documents } = await page(name as PulledCollection);
    expect(documents.length).toBeGreaterThan(0);
    for (const document of documents) expect(shape.parse(document)).toEqual(document);
  }
});

const changed = (checkpoint: Checkpoint, change: object): Checkpoint => {
  const scopes = Object.entries(checkpoint.scopes).map(([scope, position]) => [scope, { ...position, ...change }]);
  return { ...checkpoint, scopes: Object.fromEntries(scopes) };
};

test('[PULL3] a checkpoint this server did not make, of another epoch or grant, or changed, starts over', async () => {
  await addProducts(3);
  const { checkpoint } = await page('products');
  const strange: Checkpoint[] = [
    { ...checkpoint, epoch: { ...checkpoint.epoch, n: checkpoint.epoch.n + 1 } },
    { ...checkpoint, epoch: { ...checkpoint.epoch, id: 'x'.repeat(16) } },
    changed(checkpoint, { grant: 'other' }),
    changed(checkpoint, { mac: 'bad' }),
    changed(checkpoint, { seq: 1 }),
    changed(checkpoint, { tag: 'other' }),
    { ...checkpoint, scopes: {} },
  ];
  for (const one of strange) expect((await page('products', one)).documents).toHaveLength(3);
});

test('[PULL3] a position of one scope is worth nothing in another', async () => {
  await addProducts(3);
  const { checkpoint } = await page('products');
  const foreign = checkpoint.scopes['utama' as keyof typeof checkpoint.scopes];
  const scopes = { ...checkpoint.scopes, [COMPANY_SCOPE]: foreign };
  expect((await page('products', { ...checkpoint, scopes: scopes as never })).documents).toHaveLength(3);
});

test.each([
  ['7', 7],
  ['0', 1],
  ['-5', 1],
  ['99999', PULL_LIMIT_MAX],
  ['abc', PULL_LIMIT_DEFAULT],
  ['1e9', PULL_LIMIT_DEFAULT],
  ['', PULL_LIMIT_DEFAULT],
  [undefined, PULL_LIMIT_DEFAULT],
  [['1', '2'], PULL_LIMIT_DEFAULT],
])('[PULL2] a limit of %j is %i', (text, limit) => {
  expect(parseLimit(text)).toBe(limit);
});

test.each(['', 'null', '{', '[]', '{"epoch":1}', '{"scopes":{}}', '"text"'])(
  '[I12] a checkpoint that is none is the beginning: %s',
  (text) => {
    expect(parseCheckpoint(text)).toBeUndefined();
  },
);

test('[PULL1] the branch journal leaves out own entries, and carries what is quarantined without its text', async () => {
  const product = await shop.addProduct('coffee');
  const other = await shop.enrol('till', 'K2');
  const [own, foreign] = [createTestJournal(till), createTestJournal(other)];
  await pushRows(shop.core, till, [own.receive(product, 1)]);
  const good = foreign.receive(product, 1);
  const bad = { ...foreign.sell(product, 1), body: 'secret of nobody' };
  await pushRows(shop.core, other, [good, bad]);
  const { documents } = await page('branchJournal');
  expect(documents).toMatchObject([
    { id: good.id, verdict: 'accepted', entry: good, kind: 'receive', flags: [] },
    { id: bad.id, verdict: 'quarantined', kind: 'unreadable' },
  ]);
  expect(documents[1]).not.toHaveProperty('entry');
});

test('[I9] no byte of another branch leaves: documents, entries, stock, sequences', async () => {
  const canary = 'CANARY';
  const there = await shop.enrol('till', 'K9', OTHER_BRANCH);
  const journal = createTestJournal(there);
  const entry = journal.write('receive', {
    reference: canary,
    lines: [{ productId: canary as ProductId, quantity: 1 as never }],
  });
  await pushRows(shop.core, there, [entry]);
  const answers: unknown[] = [await readStatus(shop.core, till.stored, { checkpoints: {} })];
  for (const collection of ['company', 'products', 'stock', 'branchJournal'] as const)
    answers.push(await page(collection));
  answers.push(await pushRows(shop.core, till, [entry]));
  const said = JSON.stringify(answers[5]);
  const text = JSON.stringify(answers.slice(0, 5));
  for (const secret of [canary, OTHER_BRANCH, there.device.deviceId, entry.hash]) expect(text).not.toContain(secret);
  // The answer to a push only repeats what was pushed.
  expect(said).not.toContain(canary);
  expect(said).toContain('refused');
});

test('[I9] a branch name in a checkpoint opens nothing', async () => {
  const there = await shop.enrol('till', 'K9', OTHER_BRANCH);
  await pushRows(shop.core, there, [createTestJournal(there).receive('x' as ProductId, 1)]);
  const { checkpoint } = await page('stock', undefined, 10, there);
  const answer = await page('stock', checkpoint);
  expect(answer.documents).toEqual([]);
  expect(Object.keys(answer.checkpoint.scopes)).toEqual([COMPANY_SCOPE, 'utama']);
});

test('[STATUS5] who asks only how far it is behind is told no totals and no heads of others', async () => {
  await addProducts(3);
  const { checkpoint } = await page('products', undefined, 2);
  const status = await readStatus(shop.core, till.stored, { checkpoints: { products: checkpoint }, onlyLag: true });
  expect([status.collections.products, status.heads]).toEqual([{ total: 0, lag: 1 }, undefined]);
});

test('[STATUS1] status counts all documents and those behind each checkpoint, own entries in neither', async () => {
  await addProducts(3);
  const other = await shop.enrol('till', 'K2');
  const { checkpoint } = await page('products', undefined, 2);
  await pushRows(shop.core, other, [createTestJournal(other).receive('p1' as ProductId, 1)]);
  await pushRows(shop.core, till, [createTestJournal(till).receive('p1' as ProductId, 1)]);
  const status = await readStatus(shop.core, till.stored, { checkpoints: { products: checkpoint } });
  expect(status.collections).toMatchObject({
    products: { total: 3, lag: 1 },
    stock: { total: 1, lag: 1 },
    branchJournal: { total: 1, lag: 1 },
  });
  expect(status.head.seq).toBe(1);
  const places = await shop.core.store.read(async (tx) => [
    await tx.place(COMPANY_SCOPE),
    await tx.place('utama' as never),
  ]);
  expect(Object.values(status.scopes)).toEqual(places.map(({ seq }) => seq));
});

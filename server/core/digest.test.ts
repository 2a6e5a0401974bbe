import { afterEach, beforeEach, expect, test } from 'vitest';
import { bucketOf, differingBuckets, digestOf, revisionMark, stockMark } from '../../schema/digest.ts';
import { branchScope, COMPANY_SCOPE } from '../../schema/ids.ts';
import { DIGEST_CHANGED_MAX } from '../../schema/limits.ts';
import type { Product } from '../../schema/product.ts';
import { type DigestedCollection, digestAnswerShape } from '../../schema/protocol/digest.ts';
import type { Stock } from '../../schema/stock/counter.ts';
import { createTestJournal } from '../testing/test-device.ts';
import { startTestServer } from '../testing/test-http.ts';
import { pushRows } from '../testing/test-push.ts';
import { openTestShop, type TestEnrolment, type TestShop } from '../testing/test-shop.ts';
import { readDigest } from './digest.ts';
import { pull } from './pull.ts';

let shop: TestShop;
let till: TestEnrolment;

beforeEach(async () => {
  shop = await openTestShop();
  till = await shop.enrol();
});
afterEach(() => shop.close());

const pullAll = async (collection: DigestedCollection) => {
  const { documents, checkpoint } = await pull(shop.core, till.stored, {
    collection,
    checkpoint: undefined,
    limit: 5000,
  });
  return { documents: documents.map((text) => JSON.parse(text) as { id: string }), checkpoint };
};
const digest = (collection: DigestedCollection, request: Parameters<typeof readDigest>[3]) =>
  readDigest(shop.core, till.stored, collection, request);
const addProducts = async (count: number, from = 0) => {
  for (let index = from; index < from + count; index += 1) await shop.addProduct(`p${index}`);
};

test('[DIGEST2] what a device pulled has the digest that it makes itself', async () => {
  await addProducts(300);
  const products = await pullAll('products');
  const own = digestOf(products.documents.map((doc) => [doc.id, revisionMark((doc as Product).rev)] as const));
  expect((await digest('products', { checkpoint: products.checkpoint })).buckets).toEqual(own);
  const journal = createTestJournal(till);
  await pushRows(shop.core, till, [journal.receive('p1' as never, 5), journal.sell('p2' as never, 1)]);
  const stock = await pullAll('stock');
  const ownStock = digestOf(stock.documents.map((doc) => [doc.id, stockMark(doc as unknown as Stock)] as const));
  expect((await digest('stock', { checkpoint: stock.checkpoint })).buckets).toEqual(ownStock);
});

test('[DIGEST2] of drafts those count that have not ended', async () => {
  const { branch } = till.stored;
  const draft = (id: string, more: object) => {
    const document = {
      id,
      scope: branch,
      rev: { epoch: 1, n: 1 },
      kind: 'cart',
      heads: [],
      changes: [],
      at: 1,
      ...more,
    };
    return { id, scope: branchScope(branch), json: JSON.stringify(document) };
  };
  await shop.core.store.write([branchScope(branch)], async (tx) => {
    await tx.putDocument('drafts', draft('cart-open', {}));
    await tx.putDocument('drafts', draft('cart-paid', { ending: { how: 'paid', at: 1 } }));
  });
  const { checkpoint } = await pullAll('drafts');
  const { buckets } = await digest('drafts', { checkpoint });
  expect(buckets).toEqual(digestOf([['cart-open', revisionMark({ epoch: 1, n: 1 })]]));
});

test('[DIGEST2] a document that is missing or other on the device is found in its bucket', async () => {
  await addProducts(100);
  const { documents, checkpoint } = await pullAll('products');
  const rows = documents.map((doc) => [doc.id, revisionMark((doc as Product).rev)] as const);
  const broken = rows.filter(([id]) => id !== 'p7').map(([id, mark]) => [id, id === 'p8' ? '9.9' : mark] as const);
  const { buckets } = await digest('products', { checkpoint });
  const differing = differingBuckets(digestOf(broken), buckets);
  expect(differing).toEqual([...new Set([bucketOf('p7'), bucketOf('p8')])].sort((a, b) => a - b));
  const answer = await digest('products', { checkpoint, bucket: bucketOf('p7') });
  expect(answer.rows).toContainEqual(['p7', '1.1']);
  expect(answer.rows.every(([id]) => bucketOf(id) === bucketOf('p7'))).toBe(true);
});

test('[DIGEST3] what changed behind the checkpoint is named and counts on neither side', async () => {
  await addProducts(20);
  const { documents, checkpoint } = await pullAll('products');
  await shop.addProduct('p3', { name: 'changed', rev: { epoch: 1, n: 2 } });
  await shop.addProduct('new');
  const answer = await digest('products', { checkpoint });
  expect(answer.changed.sort()).toEqual(['new', 'p3']);
  const unchanged = documents.filter(({ id }) => id !== 'p3').map(({ id }) => [id, '1.1'] as const);
  expect(answer.buckets).toEqual(digestOf(unchanged));
});

test('[DIGEST3] with too much behind it, or a checkpoint of no use here, the device pulls first', async () => {
  await addProducts(1);
  const { checkpoint } = await pullAll('products');
  const position = checkpoint.scopes[COMPANY_SCOPE] as object;
  const forged = { ...checkpoint.scopes, [COMPANY_SCOPE]: { ...position, mac: 'bad' } } as never;
  const fresh = { tooFresh: true, buckets: [], changed: [], rows: [] };
  expect(await digest('products', { checkpoint: { ...checkpoint, scopes: forged } })).toMatchObject(fresh);
  expect(await digest('products', { checkpoint: { ...checkpoint, scopes: {} } })).toMatchObject(fresh);
  await addProducts(DIGEST_CHANGED_MAX + 1, 10);
  expect(await digest('products', { checkpoint })).toMatchObject(fresh);
});

test('[DIGEST2] it is asked over HTTP, of the collections that are compared', async () => {
  await addProducts(3);
  const { checkpoint } = await pullAll('products');
  const server = await startTestServer(shop);
  const ask = (path: string, body: unknown) =>
    server.ask(`/sync/v1/${path}/digest`, { credential: till.credential, body });
  const answer = digestAnswerShape.parse((await ask('products', { checkpoint })).json);
  expect(answer.buckets.reduce((sum, { count }) => sum + count, 0)).toBe(3);
  expect((await ask('products', { checkpoint, bucket: 64 })).status).toBe(400);
  expect((await ask('branchJournal', { checkpoint })).status).toBe(404);
  await server.close();
});

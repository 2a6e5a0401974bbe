import { afterEach, beforeEach, expect, test } from 'vitest';
import { createCode } from '../core/enrol-code.ts';
import { BRANCH } from '../seed/shop.ts';
import { enrolOutsider, type Json, type Outsider } from '../testing/outsider.ts';
import { until } from '../testing/test-deps.ts';
import { startTestServer, type TestServer } from '../testing/test-http.ts';
import { openTestShop, type TestShop } from '../testing/test-shop.ts';

let shop: TestShop;
let server: TestServer;

beforeEach(async () => {
  shop = await openTestShop();
  server = await startTestServer(shop);
  for (const id of ['coffee', 'tea', 'milk', 'sugar', 'rice']) await shop.addProduct(id);
});
afterEach(async () => {
  await server.close();
  await shop.close();
});

async function join(role: string, till: string, protocol: number): Promise<Outsider> {
  const code = await createCode(shop.core, { branch: BRANCH, role, till } as never);
  if (!code.ok) throw new Error(code.error);
  return enrolOutsider(server.origin, code.value.code, protocol);
}
const verdictsOf = (answer: Json) => answer.verdicts.map(({ verdict }: Json) => verdict);
const counterOf = (stocks: readonly Json[], { id }: Outsider) =>
  stocks.find(({ productId }) => productId === 'coffee')?.counters[id];

test.for([1, 3, 4])(
  '[PRO4] [PRO5] a device that nobody here wrote, of version %i, sells, sends again and pulls',
  async (protocol) => {
    const [mine, other] = [await join('till', 'K1', protocol), await join('till', 'K2', protocol)];
    const products = await mine.pull('products');
    expect(products.map(({ id }) => id).sort()).toEqual(['coffee', 'milk', 'rice', 'sugar', 'tea']);
    const coffee = products.find(({ id }) => id === 'coffee');
    const entries = [
      mine.write('receive', { reference: 'SJ-1', lines: [{ productId: 'coffee', quantity: 10 }] }),
      mine.sell(coffee, 3, 'cart-0001'),
      mine.sell(coffee, 1, 'cart-0002'),
    ];
    const first = await mine.push(entries.slice(0, 2));
    expect([verdictsOf(first), first.head]).toEqual([['accepted', 'accepted'], { seq: 2, hash: entries[1].hash }]);
    const [again, too] = await Promise.all([mine.push(entries), mine.push(entries)]);
    expect([verdictsOf(again), verdictsOf(too)].sort()).toEqual([
      ['duplicate', 'duplicate', 'accepted'],
      ['duplicate', 'duplicate', 'duplicate'],
    ]);
    expect(counterOf(await other.pull('stock'), mine)).toEqual({ in: 10, out: 4, seq: 3 });
    const seen = await other.pull('branchJournal');
    expect(seen.map(({ entry }) => entry)).toEqual(entries);
    expect(seen.map(({ flags }) => flags)).toEqual(entries.map(() => (protocol === 1 ? ['unsigned'] : [])));
    expect(await other.pull('stock')).toEqual([]);
  },
);

test('[PRO4] [LIVE6] [DIGEST2] such a device hears what is new, compares, edits, and is known again', async () => {
  const [till, office] = [await join('till', 'K1', 4), await join('manager', 'M1', 4)];
  const [coffee] = (await office.pull('products')).filter(({ id }) => id === 'coffee');
  await office.pull('stock');
  const live = await office.listen();
  const hello = await until('hello', () => live.messages.find(({ type }) => type === 'hello'));
  await till.push([till.sell(coffee, 2, 'cart-0001')]);
  const changes = await until('changes', () => {
    const all = live.messages.filter(({ type, scope }) => type === 'changes' && scope === BRANCH);
    return all.flatMap((message) => message.changes).some(({ collection }) => collection === 'stock') && all;
  });
  expect(changes[0].from).toBe(hello.positions[BRANCH]);
  live.send({ type: 'ping', waiting: 0 });
  await until('pong', () => live.messages.find(({ type }) => type === 'pong'));
  live.close();

  await office.pull('stock');
  const digest = await office.post('/sync/v1/stock/digest', { checkpoint: office.checkpoints.stock });
  expect(digest).toMatchObject({ tooFresh: false, changed: [] });
  expect(digest.buckets.reduce((sum: number, { count }: Json) => sum + count, 0)).toBe(1);
  const status = await office.post('/sync/v1/status', { checkpoints: office.checkpoints });
  expect(status).toMatchObject({ heads: { [till.id]: { seq: 1 } }, collections: { stock: { total: 1, lag: 0 } } });

  const edit = {
    editId: 'edit-0001',
    collection: 'products',
    docId: 'coffee',
    baseRevision: coffee.rev,
    at: Date.now(),
  };
  const edits = [{ ...edit, base: { price: coffee.price }, patch: { price: 1500 }, person: 'budi' }];
  const edited = await office.post('/sync/v1/edits/push', { edits });
  expect(edited.verdicts).toMatchObject([{ editId: 'edit-0001', verdict: 'accepted', fields: ['price'] }]);
  expect(await office.pull('products')).toMatchObject([{ id: 'coffee', price: 1500 }]);
  expect(await till.readmit()).toMatchObject({ device: { deviceId: till.id }, head: { seq: 1 } });
});

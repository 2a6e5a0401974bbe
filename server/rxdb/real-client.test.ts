import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { COMPANY_SCOPE, type ProductId } from '../../schema/ids.ts';
import type { Product } from '../../schema/product.ts';
import { putProduct, readProduct } from '../core/product-writer.ts';
import { createTestJournal } from '../testing/test-device.ts';
import { startTestServer, type TestServer } from '../testing/test-http.ts';
import { pushRows } from '../testing/test-push.ts';
import { openTestShop, type TestEnrolment, type TestShop } from '../testing/test-shop.ts';

/** rxdb-server's own client, in a package and a process of its own. */
const PEER = `${import.meta.dirname}/../../peers/rxdb-client`;
const TEST_MS_MAX = 60_000;
const PRODUCTS = 2_000;

interface Client {
  /** Has the client do something, and gives its answer. */
  tell(command: { readonly do: string; readonly [option: string]: unknown }): Promise<Record<string, unknown>>;
}

let shop: TestShop;
let server: TestServer;
let manager: TestEnrolment;
let children: ChildProcess[] = [];

beforeEach(async () => {
  if (!existsSync(`${PEER}/node_modules/rxdb-server`)) {
    throw new Error(
      'The peer in peers/rxdb-client is not installed. `npm test` does it; it needs the npm registry once.',
    );
  }
  shop = await openTestShop();
  server = await startTestServer(shop);
  manager = await shop.enrol('manager', 'M1');
  children = [];
});
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  await server?.close();
  await shop?.close();
});

function startClient({ credential }: TestEnrolment): Client {
  const child = spawn(process.execPath, ['drive.mjs', server.origin, credential], { cwd: PEER });
  children.push(child);
  let said = '';
  child.stderr.on('data', (text) => (said += String(text)));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    tell: async (command) => {
      child.stdin.write(`${JSON.stringify(command)}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error(`The peer ended:\n${said}`);
      return JSON.parse(value);
    },
  };
}

const stored = async (id: string) => (await shop.core.store.read((tx) => readProduct(tx, id))) as Product;
/** Somebody else changes a product. */
const change = (id: string, fields: Partial<Product>) =>
  shop.core.store.write([COMPANY_SCOPE], async (tx) => {
    const product = (await readProduct(tx, id)) as Product;
    await putProduct(tx, { ...product, ...fields, rev: { ...product.rev, n: product.rev.n + 1 } });
  });
const addCatalogue = async (count: number) => {
  await shop.addProduct('p0');
  const like = await stored('p0');
  await shop.core.store.write([COMPANY_SCOPE], async (tx) => {
    for (let n = 1; n < count; n += 1) {
      await putProduct(tx, { ...like, id: `p${n}` as ProductId, name: `Product ${n}`, barcodes: [`B${n}`] });
    }
  });
};

test('[RXW9] the client of rxdb-server pulls the catalogue, follows it, and edits it', {
  timeout: TEST_MS_MAX,
}, async () => {
  await addCatalogue(PRODUCTS);
  const client = startClient(manager);
  const products = { collection: 'products' };
  expect(await client.tell({ do: 'start', ...products, push: true })).toEqual({ count: PRODUCTS });

  await change('p7', { price: 7777 as Product['price'] });
  const followed = await client.tell({ do: 'wait', ...products, id: 'p7', has: { price: 7777 } });
  expect(followed).toEqual(await stored('p7'));

  await client.tell({ do: 'edit', ...products, id: 'p8', patch: { price: 8888 } });
  await client.tell({ do: 'synced', ...products });
  expect(await stored('p8')).toMatchObject({ price: 8888, rev: { n: 2 } });

  // Somebody else is quicker: the server's value stands, what nobody else touched is kept, and both ends agree.
  await client.tell({ do: 'hold' });
  await client.tell({ do: 'edit', ...products, id: 'p9', patch: { price: 1, category: 'Drinks' } });
  await change('p9', { price: 9999 as Product['price'] });
  await client.tell({ do: 'release' });
  const settled = await client.tell({ do: 'wait', ...products, id: 'p9', has: { price: 9999, category: 'Drinks' } });
  expect(await stored('p9')).toEqual(settled);

  const made = { ...(await stored('p1')), id: 'sugar', name: 'Gula', barcodes: ['G1'] };
  await client.tell({ do: 'insert', ...products, doc: made });
  await client.tell({ do: 'insert', ...products, doc: { ...made, id: 'salt' } });
  await client.tell({ do: 'synced', ...products });
  expect(await stored('sugar')).toMatchObject({ name: 'Gula' });
  // Its barcode is taken: there is no such product, at either end.
  expect([await stored('salt'), await client.tell({ do: 'get', ...products, id: 'salt' })]).toEqual([undefined, null]);
  expect(await client.tell({ do: 'count', ...products })).toEqual({ count: PRODUCTS + 1 });
  expect(await client.tell({ do: 'errors' })).toEqual([]);
});

test('[RXW9] it follows stock live, also over a restart of the server', { timeout: TEST_MS_MAX }, async () => {
  const coffee = await shop.addProduct('coffee');
  const till = await shop.enrol();
  const journal = createTestJournal(till);
  await pushRows(shop.core, till, [journal.receive(coffee, 5)]);
  const client = startClient(till);
  const stock = { collection: 'stock' };
  expect(await client.tell({ do: 'start', ...stock })).toEqual({ count: 1 });
  await pushRows(shop.core, till, [journal.sell(coffee, 2)]);
  const counter = `counters.${till.device.deviceId}`;
  await client.tell({ do: 'wait', ...stock, id: `utama:${coffee}`, has: { [`${counter}.out`]: 2 } });

  const port = Number(new URL(server.origin).port);
  await server.close();
  await pushRows(shop.core, till, [journal.sell(coffee, 1)]);
  server = await startTestServer(shop, undefined, port);
  await client.tell({ do: 'wait', ...stock, id: `utama:${coffee}`, has: { [`${counter}.out`]: 3 } });
});

test('[RXW9] it takes every collection by the published schemas', { timeout: TEST_MS_MAX }, async () => {
  const coffee = await shop.addProduct('coffee');
  const till = await shop.enrol();
  const journal = createTestJournal(till);
  await pushRows(shop.core, till, [journal.receive(coffee, 5), journal.sell(coffee, 2)]);
  const client = startClient(manager);
  for (const [collection, atLeast] of Object.entries({ company: 4, products: 1, stock: 1, branchJournal: 2 })) {
    const { count } = await client.tell({ do: 'start', collection });
    expect(count).toBeGreaterThanOrEqual(atLeast);
  }
  await pushRows(shop.core, till, [journal.sell(coffee, 1)]);
  const last = `${till.device.deviceId}:0000000003`;
  expect(await client.tell({ do: 'wait', collection: 'branchJournal', id: last, has: { kind: 'sale' } })).toMatchObject(
    {
      entry: { body: { lines: [{ productId: coffee }] } },
    },
  );
  expect(await client.tell({ do: 'errors' })).toEqual([]);
});

test('[RXW9] it is told what it may not, in its own three ways', { timeout: TEST_MS_MAX }, async () => {
  const coffee = await shop.addProduct('coffee');
  const till = await shop.enrol();
  await pushRows(shop.core, till, [createTestJournal(till).receive(coffee, 5)]);
  const client = startClient(till);
  await client.tell({ do: 'start', collection: 'products' });
  await client.tell({ do: 'start', collection: 'stock' });
  const edit = { collection: 'products', push: true, change: { id: coffee, patch: { price: 1 } } };
  expect(await client.tell({ do: 'refused', ...edit })).toEqual({ signal: 'forbidden$' });
  const count = { collection: 'stock', push: true, change: { id: `utama:${coffee}`, patch: { n: 9 } } };
  expect(await client.tell({ do: 'refused', ...count })).toEqual({ signal: 'forbidden$' });
  expect(await client.tell({ do: 'refused', collection: 'products', version: 7 })).toEqual({
    signal: 'outdatedClient$',
  });
  const stranger = startClient({ ...till, credential: 'unknown' });
  expect(await stranger.tell({ do: 'refused', collection: 'products' })).toEqual({ signal: 'unauthorized$' });
  expect((await stored('coffee')).price).toBe(1000);
});

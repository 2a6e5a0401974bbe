import { afterEach, beforeEach, expect, test } from 'vitest';
import { COMPANY_SCOPE } from '../../schema/ids.ts';
import { createTestJournal } from '../testing/test-device.ts';
import { startTestServer, type TestServer } from '../testing/test-http.ts';
import { pushRows } from '../testing/test-push.ts';
import { OTHER_BRANCH, openTestShop, type TestEnrolment, type TestShop } from '../testing/test-shop.ts';
import { createPackedPages, PACKED_LENGTH_MIN } from './packed-pages.ts';

/** With so many letters in each name, sixty are worth keeping. */
const LONG = 'x'.repeat(2_000);
const PRODUCTS = 60;
let shop: TestShop;
let server: TestServer;
let [one, other]: TestEnrolment[] = [];
/** Pages of products that were read from the store. */
let read = 0;

beforeEach(async () => {
  shop = await openTestShop();
  for (let index = 0; index < PRODUCTS; index += 1) await shop.addProduct(`p${index}`, { name: LONG });
  [one, other] = [await shop.enrol('till', 'K1'), await shop.enrol('till', 'K2')];
  server = await startTestServer(shop);
  const { store } = shop.core;
  const reading = store.read;
  store.read = async (work) =>
    (await reading.call(store, (tx) =>
      work({
        ...tx,
        documentsAfter: (collection, span) => {
          if (collection === 'products' && span.limit > 1) read += 1;
          return tx.documentsAfter(collection, span);
        },
      }),
    )) as never;
  // That they were heard of is written down, which moves their branch on; after that nothing does.
  for (const device of [one, other]) await ask(device, 'limit=1');
  await shop.core.store.write([], async () => undefined);
  read = 0;
});
afterEach(async () => {
  await server.close();
  await shop.close();
});

interface Page {
  readonly documents: readonly { readonly id: string; readonly name: string }[];
  readonly checkpoint: { readonly scopes: Readonly<Record<string, { readonly seq: number }>> };
  readonly more: boolean;
}

function ask(device: TestEnrolment | undefined, query = 'limit=50', headers: Record<string, string> = {}) {
  return server.ask(`/sync/v1/products/pull?${query}`, { credential: device?.credential ?? '', headers });
}
const pageOf = async (device: TestEnrolment | undefined, query?: string) => (await ask(device, query)).json as Page;
const plainOf = async (device: TestEnrolment | undefined, query?: string) =>
  (await ask(device, query, { 'accept-encoding': 'identity' })).json as Page;
const after = ({ checkpoint }: Page) => `limit=50&checkpoint=${encodeURIComponent(JSON.stringify(checkpoint))}`;

test('[PULL10] pages that one device was given are given to the next as they are, and say the same as unpacked ones', async () => {
  const first = await pageOf(one);
  await pageOf(one, after(first));
  read = 0;
  const answer = await ask(other);
  expect(answer.headers.get('content-encoding')).toBe('gzip');
  expect(answer.json).toEqual(first);
  expect(read).toBe(0);
  expect([await plainOf(one), await plainOf(one, after(first))]).toEqual([first, await pageOf(other, after(first))]);
});

test('[PULL10] [PULL4] what changed since is in the page, and a checkpoint stands where its scope stands now', async () => {
  await pageOf(one, 'limit=100');
  await shop.addProduct('p3', { name: 'cheaper' });
  const next = await pageOf(other, 'limit=100');
  expect(next.documents.find(({ id }) => id === 'p3')?.name).toBe('cheaper');
  expect(next).toEqual(await plainOf(other, 'limit=100'));
  const device = one as TestEnrolment;
  await pushRows(shop.core, device, [createTestJournal(device).receive('p1' as never, 1)]);
  read = 0;
  const moved = await pageOf(other, 'limit=100');
  expect([read, moved.documents]).toEqual([0, next.documents]);
  expect(moved.checkpoint.scopes.utama?.seq).toBeGreaterThan(next.checkpoint.scopes.utama?.seq ?? 0);
  expect(moved).toEqual(await plainOf(other, 'limit=100'));
});

test('[PULL10] pages behind the first are given on too, though each enrolment and sale moved the branch meanwhile', async () => {
  const first = await pageOf(one, 'limit=20');
  await pageOf(one, after(first));
  const device = one as TestEnrolment;
  await pushRows(shop.core, device, [createTestJournal(device).receive('p1' as never, 1)]);
  const moved = await pageOf(other, 'limit=20');
  expect(moved.checkpoint.scopes.utama?.seq).toBeGreaterThan(first.checkpoint.scopes.utama?.seq ?? 0);
  read = 0;
  const next = await pageOf(other, after(moved));
  expect([read, next]).toEqual([0, await plainOf(other, after(moved))]);
});

test('[PULL10] while a device takes a page in, the one behind it is packed, once', async () => {
  for (let index = 0; index < PRODUCTS; index += 1) await shop.addProduct(`q${index}`, { name: LONG });
  const first = await pageOf(one, 'limit=40');
  const behind = `limit=40&checkpoint=${encodeURIComponent(JSON.stringify(first.checkpoint))}`;
  const unpacked = await plainOf(one, behind);
  // The first page, the one behind it, and the one that was not packed.
  await expect.poll(() => read).toBe(3);
  expect(await pageOf(one, behind)).toEqual(unpacked);
  // The third.
  await expect.poll(() => read).toBe(4);
  await pageOf(other, 'limit=40');
  expect([await pageOf(other, behind), read]).toEqual([unpacked, 4]);
});

test('[PULL10] a scope of which a kept page holds nothing is left where each device stands', async () => {
  await shop.addProduct('ours', { scope: 'utama' as never, name: LONG });
  const first = await pageOf(one);
  const device = one as TestEnrolment;
  await pushRows(shop.core, device, [createTestJournal(device).receive('p1' as never, 1)]);
  read = 0;
  const moved = await pageOf(other);
  expect([read, moved.documents]).toEqual([0, first.documents]);
  expect(moved).toEqual(await plainOf(other));
  expect((await pageOf(other, after(moved))).documents.map(({ id }) => id)).toContain('ours');
});

test('[PULL10] [I9] a branch is given none of what another branch has alone', async () => {
  const there = await shop.enrol('till', 'K1', OTHER_BRANCH);
  await shop.addProduct('theirs', { scope: OTHER_BRANCH as never, name: LONG });
  await ask(there, 'limit=1');
  const [own, theirs] = [await pageOf(one, 'limit=100'), await pageOf(there, 'limit=100')];
  expect(theirs.documents.map(({ id }) => id)).toContain('theirs');
  expect(own.documents.map(({ id }) => id)).not.toContain('theirs');
  expect(await pageOf(other, 'limit=100')).toEqual(own);
  expect(own).toEqual(await plainOf(one, 'limit=100'));
});

test('[PULL10] who has the very answer already is told so, and nothing more', async () => {
  const etag = (await ask(one)).headers.get('etag') ?? '';
  const again = await ask(other, 'limit=50', { 'if-none-match': etag });
  expect([again.status, again.text]).toEqual([304, '']);
  await shop.addProduct('p3', { name: LONG.slice(1) });
  expect((await ask(other, 'limit=50', { 'if-none-match': etag })).status).toBe(200);
});

test('[PULL10] so many bytes are kept and no more, and those that were asked for last; small pages are not', async () => {
  const pages = createPackedPages(1_000);
  const keep = (key: string, length: number) =>
    pages.keep(key, {
      documents: [JSON.stringify(Array.from({ length }, (_, index) => (index * 7_919) % 1_000))],
      ...{ ends: [], starts: [], places: [], epoch: shop.core.epoch },
    });
  await keep('a', PACKED_LENGTH_MIN).packed;
  expect(pages.find('a')).toBeUndefined();
  const roomy = createPackedPages();
  const small = roomy.keep('b', {
    documents: ['{}'],
    ends: [],
    starts: [],
    places: [{ scope: COMPANY_SCOPE, after: 1 }],
    epoch: shop.core.epoch,
  });
  expect([small.documents, small.packed, roomy.find('b')]).toEqual([['{}'], null, undefined]);
});

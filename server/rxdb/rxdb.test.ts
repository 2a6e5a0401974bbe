import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { branchScope, COMPANY_SCOPE, type EditId, type ProductId } from '../../schema/ids.ts';
import { PULL_LIMIT_MAX, PUSH_ROWS_MAX } from '../../schema/limits.ts';
import { errorAnswerShape } from '../../schema/protocol/error.ts';
import { putProduct, readProduct } from '../core/product-writer.ts';
import { pushEdits } from '../core/push-edits.ts';
import { openReader } from '../store/sqlite/open-database.ts';
import { createTestJournal } from '../testing/test-device.ts';
import { startTestServer, type TestAnswer, type TestServer } from '../testing/test-http.ts';
import { pushRows } from '../testing/test-push.ts';
import { OTHER_BRANCH, openTestShop, type TestEnrolment, type TestShop } from '../testing/test-shop.ts';
import { PULLED_LENGTH_MAX } from './limits.ts';

interface WirePage {
  readonly documents: readonly Record<string, unknown>[];
  readonly checkpoint: { readonly id: string; readonly lwt: number };
}

let shop: TestShop;
let server: TestServer;
let manager: TestEnrolment;
let till: TestEnrolment;

beforeEach(async () => {
  shop = await openTestShop();
  server = await startTestServer(shop);
  manager = await shop.enrol('manager', 'M1');
  till = await shop.enrol();
});
afterEach(async () => {
  await server.close();
  await shop.close();
});

const codeOf = ({ json }: TestAnswer) => errorAnswerShape.parse(json).error.code;
const get = (path: string, device = till) => server.ask(`/rxdb/${path}`, { credential: device.credential });
const pullPage = async (collection: string, query: string, device = till) =>
  (await get(`${collection}/0/pull?${query}`, device)).json as WirePage;
const push = (body: unknown, device = manager, collection = 'products') =>
  server.ask(`/rxdb/${collection}/0/push`, { credential: device.credential, body });
/** A product as a client holds it. */
const held = async (id: string) => {
  const { documents } = await pullPage('products', 'limit=1000');
  return documents.find((document) => document.id === id) as Record<string, unknown>;
};
const stored = (id: string) => shop.core.store.read((tx) => readProduct(tx, id));
const addForeign = (id: string) =>
  shop.core.store.write([branchScope(OTHER_BRANCH)], async (tx) => {
    const product = (await readProduct(tx, 'coffee')) as NonNullable<Awaited<ReturnType<typeof readProduct>>>;
    const theirs = { id: id as ProductId, scope: branchScope(OTHER_BRANCH), name: 'CANARY' };
    await putProduct(tx, { ...product, ...theirs });
  });
/** The edits that the server keeps for good. */
const recordedEdits = () => {
  const database = openReader(`${shop.dataDir}/laci.db`);
  const rows = database.prepare('SELECT device_id, edit, verdict FROM edit').all();
  database.close();
  return rows as { readonly device_id: string; readonly edit: string; readonly verdict: string }[];
};

describe('pull', () => {
  test('[RXW1] pages lead to the end, each document once, and from there to what changed', async () => {
    for (let n = 0; n < 25; n += 1) await shop.addProduct(`p${n}`);
    const seen: unknown[] = [];
    let place = { id: '', lwt: 0 };
    for (let length = 10; length === 10; ) {
      const page = await pullPage('products', `lwt=${place.lwt}&id=${place.id}&limit=10`);
      expect(page.checkpoint.lwt).toBeGreaterThan(place.lwt);
      expect(encodeURIComponent(page.checkpoint.id)).toBe(page.checkpoint.id);
      expect(page.documents.every(({ _deleted }) => _deleted === false)).toBe(true);
      seen.push(...page.documents.map(({ id }) => id));
      place = page.checkpoint;
      length = page.documents.length;
    }
    expect(seen).toEqual(Array.from({ length: 25 }, (_, n) => `p${n}`));
    await shop.addProduct('tea');
    const next = await pullPage('products', `lwt=${place.lwt}&id=${place.id}&limit=10`);
    expect(next.documents.map(({ id }) => id)).toEqual(['tea']);
    expect(next.checkpoint.lwt).toBeGreaterThan(place.lwt);
  });

  test('[RXW1] stock is pulled whole, and again after a sale', async () => {
    const coffee = await shop.addProduct('coffee');
    const journal = createTestJournal(till);
    await pushRows(shop.core, till, [journal.receive(coffee, 5)]);
    const { documents, checkpoint } = await pullPage('stock', 'limit=10');
    expect(documents).toMatchObject([{ id: `utama:${coffee}`, _deleted: false }]);
    await pushRows(shop.core, till, [journal.sell(coffee, 2)]);
    const next = await pullPage('stock', `id=${checkpoint.id}&limit=10`);
    expect(next.documents).toMatchObject([{ counters: { [till.device.deviceId]: { in: 5, out: 2 } } }]);
  });

  test('[RXW2] [I12] a page longer than any client reads is refused, and fewer rows are not', async () => {
    for (const id of ['long1', 'long2']) {
      const document = {
        id,
        scope: COMPANY_SCOPE,
        json: JSON.stringify({ text: 'x'.repeat(0.6 * PULLED_LENGTH_MAX) }),
      };
      await shop.core.store.write([COMPANY_SCOPE], (tx) => tx.putDocument('products', document));
    }
    expect(codeOf(await get('products/0/pull?limit=5000'))).toBe('too-large');
    expect((await pullPage('products', 'limit=1')).documents).toHaveLength(1);
  });

  test('[RXW2] a limit that is no number gives the usual page, and one above the bound no shorter page in silence', async () => {
    for (let n = 0; n < 3; n += 1) await shop.addProduct(`p${n}`);
    for (const limit of ['abc', '', '1e9x', '[]']) {
      expect((await pullPage('products', `limit=${limit}`)).documents).toHaveLength(3);
    }
    for (const limit of ['0', '-5']) expect((await pullPage('products', `limit=${limit}`)).documents).toHaveLength(1);
    for (const limit of [PULL_LIMIT_MAX + 1, '1e9', 'Infinity']) {
      const answer = await get(`products/0/pull?limit=${limit}`);
      expect([answer.status, codeOf(answer)]).toEqual([413, 'too-large']);
    }
  });

  test('[RXW2] a place that is none of ours starts at the beginning', async () => {
    await shop.addProduct('coffee');
    const { checkpoint } = await pullPage('products', 'limit=10');
    const forged = JSON.parse(Buffer.from(checkpoint.id, 'base64url').toString());
    forged.scopes['*'].seq += 1;
    const ids = ['%00', 'x'.repeat(5000), Buffer.from(JSON.stringify(forged)).toString('base64url'), '&id=2', ''];
    for (const id of ids) {
      expect((await pullPage('products', `lwt=NaN&id=${id}&limit=10`)).documents).toHaveLength(1);
    }
  });

  test('[I9] nothing of another branch is pulled, given back by a push, or overwritten', async () => {
    await shop.addProduct('coffee');
    await addForeign('theirs');
    const there = await shop.enrol('till', 'K9', OTHER_BRANCH);
    await pushRows(shop.core, there, [createTestJournal(there).receive('CANARY' as ProductId, 1)]);
    const answers: TestAnswer[] = [];
    for (const name of ['company', 'products', 'stock', 'branchJournal']) {
      answers.push(await get(`${name}/0/pull?limit=1000`, manager));
    }
    const guess = { ...(await held('coffee')), id: 'theirs' };
    const rows = [
      { newDocumentState: guess },
      { newDocumentState: { ...guess, name: 'mine' }, assumedMasterState: guess },
      { newDocumentState: { ...guess, _deleted: true }, assumedMasterState: guess },
      { newDocumentState: { id: 'theirs' } },
    ];
    for (const row of rows) {
      const theirs = await push([row]);
      answers.push(theirs);
      expect(theirs.status).toBe(200);
    }
    expect(answers.slice(4, 6).map(({ json }) => json)).toMatchObject([[{ _deleted: true }], [{ _deleted: true }]]);
    expect(answers.map(({ text }) => text).join()).not.toContain('CANARY');
    expect(await stored('theirs')).toMatchObject({ name: 'CANARY' });
  });
});

describe('push', () => {
  beforeEach(() => shop.addProduct('coffee'));

  test('[RXW3] an edit is applied, recorded, and answered with nothing', async () => {
    const before = await held('coffee');
    const row = { newDocumentState: { ...before, price: 1500 }, assumedMasterState: before };
    expect(await push([row])).toMatchObject({ status: 200, json: [] });
    expect(await stored('coffee')).toMatchObject({ price: 1500, name: 'coffee', rev: { n: 2 } });
    // The answer got lost: the same again changes nothing.
    expect((await push([row])).json).toEqual([]);
    expect((await stored('coffee'))?.rev.n).toBe(2);
    const edits = recordedEdits();
    expect(edits.every(({ edit }) => edit.includes('"price":1500'))).toBe(true);
    expect(edits.map(({ verdict }) => JSON.parse(verdict).verdict).sort()).toEqual(['accepted', 'merged']);
    expect(edits[0]?.device_id).toBe(manager.device.deviceId);
  });

  test('[RXW3] what others changed meanwhile stays, and the row gets the document as it is now', async () => {
    const before = await held('coffee');
    await push([{ newDocumentState: { ...before, price: 1500 }, assumedMasterState: before }]);
    const mine = { ...before, price: 2000, category: 'Drinks' };
    const { json } = await push([{ newDocumentState: mine, assumedMasterState: before }]);
    expect(json).toMatchObject([{ id: 'coffee', price: 1500, category: 'Drinks', _deleted: false, rev: { n: 3 } }]);
    // The client took it over and says so.
    const [now] = json as [Record<string, unknown>];
    expect((await push([{ newDocumentState: now, assumedMasterState: now }])).json).toEqual([]);
  });

  test('[RXW3] a change of another field merges, and the client is told of both', async () => {
    const before = await held('coffee');
    await push([{ newDocumentState: { ...before, name: 'Kopi' }, assumedMasterState: before }]);
    const { json } = await push([{ newDocumentState: { ...before, price: 1 }, assumedMasterState: before }]);
    expect(json).toMatchObject([{ name: 'Kopi', price: 1 }]);
  });

  test('[RXW4] rows are judged one by one: a wrong one gets the server’s document, its neighbours are applied', async () => {
    for (const id of ['tea', 'milk', 'cake', 'bread', 'rice']) await shop.addProduct(id);
    const [coffee, tea, milk, cake, bread, rice] = await Promise.all(
      ['coffee', 'tea', 'milk', 'cake', 'bread', 'rice'].map(held),
    );
    let deep: unknown = 1;
    for (let n = 0; n < 20_000; n += 1) deep = [deep];
    const deepText = JSON.stringify({ ...bread, name: 'DEEP' }).replace(
      '"DEEP"',
      `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
    );
    const rows = [
      { newDocumentState: { ...coffee, price: 0.5 }, assumedMasterState: coffee },
      { newDocumentState: { ...tea, price: -1 }, assumedMasterState: tea },
      { newDocumentState: { ...milk, barcodes: ['B-tea'] }, assumedMasterState: milk },
      { newDocumentState: { ...cake, _deleted: true }, assumedMasterState: cake },
      { newDocumentState: { ...rice, price: 7 }, assumedMasterState: rice },
    ];
    const body = `[{"newDocumentState":${deepText}},${JSON.stringify(rows).slice(1)}`;
    const { status, json } = await push(body);
    expect(status).toBe(200);
    expect(json).toEqual([bread, coffee, tea, milk, cake]);
    expect(await stored('rice')).toMatchObject({ price: 7 });
    expect(await stored('coffee')).toMatchObject({ price: 1000 });
  });

  test('[RXW4] scope, revision and unknown fields stay the server’s', async () => {
    const before = await held('coffee');
    for (const change of [{ scope: 'utama' }, { extra: 1 }]) {
      const { json } = await push([{ newDocumentState: { ...before, ...change }, assumedMasterState: before }]);
      expect(json).toEqual([before]);
    }
    const rev = { epoch: 9, n: 9 };
    expect((await push([{ newDocumentState: { ...before, rev }, assumedMasterState: before }])).json).toEqual([]);
    expect((await stored('coffee'))?.rev).toEqual({ epoch: 1, n: 1 });
  });

  test('[RXW5] a new product is made of a whole document; what cannot be one is answered as deleted', async () => {
    const { _deleted, ...like } = await held('coffee');
    const sugar = { ...like, id: 'sugar', name: 'Gula', barcodes: ['G1'], _deleted };
    expect((await push([{ newDocumentState: sugar }])).json).toEqual([]);
    expect(await stored('sugar')).toMatchObject({ scope: '*', name: 'Gula', rev: { epoch: 1, n: 1 } });
    const half = { id: 'salt', name: 'Garam', _deleted: false };
    const bad = { ...sugar, id: 'not an id' };
    const answer = await push([
      { newDocumentState: half },
      { newDocumentState: bad },
      { newDocumentState: { ...sugar, id: 'gone' }, assumedMasterState: sugar },
      { newDocumentState: { ...sugar, id: 'never', _deleted: true } },
    ]);
    expect(answer.json).toEqual([
      { ...half, _deleted: true },
      { ...bad, _deleted: true },
      { ...sugar, id: 'gone', _deleted: true },
    ]);
  });

  test.each<[string, unknown]>([
    ['an object', {}],
    ['no row', [null]],
    ['a list in a list', [[]]],
    ['half a row', [{}]],
    ['a row without a document', [{ newDocumentState: null }]],
    ['a document without an id', [{ newDocumentState: {} }]],
    ['an id that is no text', [{ newDocumentState: { id: 1 } }]],
    ['a master that is none', [{ newDocumentState: { id: 'coffee' }, assumedMasterState: 5 }]],
    ['nothing', ''],
    ['half a JSON', '[{'],
    ['HTML', '<html>'],
    ['null', 'null'],
  ])('[I12] a body that is no push is refused whole: %s', async (_what, body) => {
    const answer = await push(body);
    expect([answer.status, codeOf(answer)]).toEqual([400, 'bad-request']);
    expect((await server.ask('/health')).status).toBe(200);
  });

  test('[HTTP2] too many rows and too large a body are told so', async () => {
    const before = await held('coffee');
    const rows = Array.from({ length: PUSH_ROWS_MAX + 1 }, () => ({ newDocumentState: before }));
    expect((await push(rows)).status).toBe(413);
    expect((await push([{ newDocumentState: { ...before, name: 'x'.repeat(2_000_000) } }])).status).toBe(413);
  });
});

describe('who may', () => {
  test('[ROLE2] tills and developers edit nothing, nobody edits anything but products, and the client is told by 403', async () => {
    await shop.addProduct('coffee');
    const developer = await shop.enrol('developer', 'D1');
    const before = await held('coffee');
    const rows = [{ newDocumentState: { ...before, price: 1 }, assumedMasterState: before }];
    for (const device of [till, developer]) expect(codeOf(await push(rows, device))).toBe('not-allowed');
    for (const collection of ['stock', 'company', 'branchJournal']) {
      const answer = await push(rows, manager, collection);
      expect([answer.status, codeOf(answer)]).toEqual([403, 'not-allowed']);
    }
    expect(await stored('coffee')).toMatchObject({ price: 1000 });
  });

  test('[ROLE2] without a credential nothing is answered', async () => {
    for (const path of ['products/0/pull', 'products/0/pullStream', 'stock/0/pull']) {
      const answer = await server.ask(`/rxdb/${path}`, { credential: 'wrong' });
      expect([answer.status, codeOf(answer)]).toEqual([401, 'not-enrolled']);
    }
    expect((await server.ask('/rxdb/products/0/push', { body: [] })).status).toBe(401);
  });

  test('[RXW6] another schema version is told that it is outdated, on every address', async () => {
    for (const version of ['1', '7', '-1', '00', 'abc']) {
      for (const what of ['pull', 'pullStream']) expect((await get(`products/${version}/${what}`)).status).toBe(426);
      const request = { credential: manager.credential, body: [] };
      expect((await server.ask(`/rxdb/products/${version}/push`, request)).status).toBe(426);
    }
  });

  test('[HTTP3] other collections are not found, other methods not allowed', async () => {
    for (const path of ['journal/0/pull', 'edits/0/pull', 'nothing/0/pullStream', 'products/0', 'products', '']) {
      expect((await get(path)).status).toBe(404);
    }
    const wrong = await server.ask('/rxdb/products/0/pull', { method: 'DELETE', credential: till.credential });
    expect([wrong.status, codeOf(wrong)]).toEqual([405, 'method-not-allowed']);
  });

  test('[HTTP6] a browser may read from another origin, also where the client asks with credentials', async () => {
    const headers = { origin: 'https://app.example', 'access-control-request-method': 'GET' };
    const asked = await server.ask('/rxdb/products/0/pullStream', { method: 'OPTIONS', headers });
    expect(asked.status).toBe(204);
    expect(asked.headers.get('access-control-allow-origin')).toBe('https://app.example');
    expect(asked.headers.get('access-control-allow-credentials')).toBe('true');
    expect(asked.headers.get('access-control-allow-headers')).toContain('authorization');
  });
});

test('[RXW3] what came over /sync and over /rxdb are edits of the same document', async () => {
  await shop.addProduct('coffee');
  const before = await held('coffee');
  const edit = { editId: 'edit-0001' as EditId, collection: 'products', docId: 'coffee', baseRevision: before.rev };
  await pushEdits(shop.core, manager.stored, [
    { ...edit, base: { name: 'coffee' }, patch: { name: 'Kopi' }, person: 'budi', at: 1 },
  ]);
  const { json } = await push([{ newDocumentState: { ...before, name: 'Café' }, assumedMasterState: before }]);
  expect(json).toMatchObject([{ name: 'Kopi' }]);
});

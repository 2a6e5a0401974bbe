import { afterEach, beforeEach, expect, test } from 'vitest';
import { apiErrorShape } from '../../schema/api/api-error.ts';
import { devicesAnswerShape, productsAnswerShape, stockAnswerShape } from '../../schema/api/api-lists.ts';
import { salesAnswerShape } from '../../schema/api/api-sale.ts';
import { integrationsAnswerShape } from '../../schema/api/integration.ts';
import { COMPANY_SCOPE } from '../../schema/ids.ts';
import { createTestJournal } from '../testing/test-device.ts';
import type { TestAnswer } from '../testing/test-http.ts';
import { type ApiShop, BUDI, BUDIS_PIN, openApiShop } from '../testing/test-integration.ts';
import { proofOf } from '../testing/test-pins.ts';
import { pushRows } from '../testing/test-push.ts';
import { OTHER_BRANCH } from '../testing/test-shop.ts';
import { API_RATE } from './api-router.ts';
import { addTimeMark } from './time-marks.ts';

let it: ApiShop;

beforeEach(async () => {
  it = await openApiShop();
});
afterEach(() => it.close());

const codeOf = (answer: TestAnswer) => apiErrorShape.parse(answer.json).error.code;
const productsIn = (answer: TestAnswer) => productsAnswerShape.parse(answer.json);
const idsIn = (answer: TestAnswer) => productsIn(answer).products.map(({ id }) => id);

test('[API1] a token needs a manager’s device and the PIN of somebody who may, is told once, and stands nowhere', async () => {
  const wish = { by: BUDI, proof: proofOf(BUDIS_PIN), name: 'Web shop', rights: ['read'], till: 'WEB' };
  const make = (body: object, credential = it.manager.credential) =>
    it.server.ask('/api/v1/integrations', { body, credential });
  expect((await make({ ...wish, proof: proofOf('111111') })).json).toMatchObject({ error: { code: 'pin-wrong' } });
  expect((await make({ ...wish, by: 'sari', proof: '' })).json).toMatchObject({ error: { code: 'not-allowed' } });
  const till = await it.shop.enrol('till', 'K1');
  expect((await make(wish, till.credential)).json).toMatchObject({ error: { code: 'not-allowed' } });
  expect((await make({ ...wish, till: 'K1' })).json).toMatchObject({ error: { code: 'till-taken' } });
  expect((await make({ ...wish, rights: [] })).json).toMatchObject({ error: { code: 'bad-request' } });
  const made = await make(wish);
  expect(made.status).toBe(201);
  const { token } = made.json as { token: string };
  expect((await make({ ...wish, name: 'Another' })).json).toMatchObject({ error: { code: 'till-taken' } });
  const stored = await it.shop.core.store.read((tx) => tx.records('integration', { limit: 9 }));
  expect(stored).toHaveLength(1);
  expect(JSON.stringify(stored)).not.toContain(token.slice(5));
  expect((await it.office('/api/v1/integrations')).text).not.toContain(token.slice(5));
  const code = await it.office('/api/v1/enrolment-codes', { body: { role: 'till', till: 'WEB' } });
  expect(code.json).toMatchObject({ error: { code: 'till-taken' } });
});

test('[API2] [I9] a token reads its own branch alone, and is told what it lacks', async () => {
  await it.shop.addProduct('here');
  await it.shop.addProduct('canary', { scope: OTHER_BRANCH as never });
  const there = await it.shop.enrol('till', 'K9', OTHER_BRANCH);
  const journal = createTestJournal(there);
  await pushRows(it.shop.core, there, [journal.receive('canary' as never, 7), journal.sell('canary' as never, 1)]);
  const token = await it.token();
  for (const path of ['/products', '/stock', '/sales', '/devices']) {
    const answer = await it.api(token, path);
    expect(answer.status).toBe(200);
    expect(answer.text).not.toMatch(/canary|K9/);
  }
  expect((await it.server.ask('/api/v1/products')).status).toBe(401);
  expect(codeOf(await it.server.ask('/api/v1/products'))).toBe('token-missing');
  expect(codeOf(await it.api(`${token}x`, '/products'))).toBe('token-unknown');
  expect(codeOf(await it.api(it.manager.credential, '/products'))).toBe('token-unknown');
  const { integrations } = integrationsAnswerShape.parse((await it.office('/api/v1/integrations')).json);
  const revoke = `/api/v1/integrations/${integrations[0]?.id}/revoke`;
  expect((await it.office(revoke, { body: { by: BUDI, proof: proofOf('111111') } })).status).toBe(403);
  expect((await it.api(token, '/products')).status).toBe(200);
  expect((await it.office(revoke, { body: { by: BUDI, proof: proofOf(BUDIS_PIN) } })).status).toBe(200);
  expect(codeOf(await it.api(token, '/products'))).toBe('token-revoked');
});

test('[API3] products come page by page in the order of their ids, each once at least while they change', async () => {
  for (const id of ['d', 'b', 'a', 'e', 'c']) await it.shop.addProduct(id);
  const token = await it.token();
  const first = await it.api(token, '/products?limit=2');
  expect(idsIn(first)).toEqual(['a', 'b']);
  expect(productsIn(first)).toMatchObject({ page: 1, limit: 2, total: 5, more: true });
  await it.shop.addProduct('a', { name: 'changed' });
  expect(idsIn(await it.api(token, '/products?limit=2&page=2'))).toEqual(['c', 'd']);
  const last = await it.api(token, '/products?limit=2&page=3');
  expect(idsIn(last)).toEqual(['e']);
  expect(productsIn(last).more).toBe(false);
  const { position } = productsIn(first);
  const since = await it.api(token, `/products?updatedSince=${position}`);
  expect(productsIn(since).products).toMatchObject([{ id: 'a', name: 'changed', price: 1000 }]);
  expect((await it.api(token, `/products/count?updatedSince=${position}`)).json).toMatchObject({ count: 1 });
  expect((await it.api(token, '/products/count')).json).toMatchObject({ count: 5 });
  expect(since.text).not.toContain('"scope"');
});

test('[API3] whoever keeps what the last page says misses nothing that changed behind an earlier one', async () => {
  for (const id of ['a', 'b', 'c']) await it.shop.addProduct(id);
  const token = await it.token();
  let kept: string | undefined;
  for (let page = 1, more = true; more; page += 1) {
    const answer = productsIn(await it.api(token, `/products?limit=2&page=${page}`));
    if (page === 1) await it.shop.addProduct('a', { name: 'changed' });
    [kept, more] = [answer.position ?? kept, answer.more];
  }
  const news = productsIn(await it.api(token, `/products?updatedSince=${kept}`)).products;
  expect(news).toMatchObject([{ id: 'a', name: 'changed' }]);
});

test('[API4] a time finds what changed since, rather too much; another history begins anew', async () => {
  const { core, deps } = it.shop;
  await it.shop.addProduct('old');
  await addTimeMark(core, COMPANY_SCOPE);
  deps.passTime(60_000);
  const between = new Date(deps.now()).toISOString();
  deps.passTime(60_000);
  await it.shop.addProduct('new');
  const token = await it.token();
  const since = (text: string) => it.api(token, `/products?updatedSince=${encodeURIComponent(text)}`);
  expect(idsIn(await since(between))).toEqual(['new']);
  expect(idsIn(await since('2001-01-01T00:00:00Z'))).toEqual(['new', 'old']);
  await addTimeMark(core, COMPANY_SCOPE);
  expect(idsIn(await since(between))).toEqual(['new']);
  deps.passTime(-600_000);
  await it.shop.addProduct('setback');
  await addTimeMark(core, COMPANY_SCOPE);
  expect(idsIn(await since(new Date(deps.now()).toISOString()))).toContain('setback');
  const { position = '' } = productsIn(await since(between));
  expect(idsIn(await since(position))).toEqual([]);
  await core.epochs.beginIf(async () => ({ cause: 'rolled-back', after: [] }));
  expect(idsIn(await since(position))).toEqual(['new', 'old', 'setback']);
  expect(codeOf(await since('yesterday'))).toBe('bad-request');
});

test('[API5] stock is what all devices add up to, and a till that is silent is named', async () => {
  const coffee = await it.shop.addProduct('coffee');
  const [one, two] = [await it.shop.enrol('till', 'K1'), await it.shop.enrol('till', 'K2')];
  const [first, second] = [createTestJournal(one), createTestJournal(two)];
  await pushRows(it.shop.core, one, [first.receive(coffee, 50), first.sell(coffee, 3)]);
  await pushRows(it.shop.core, two, [second.sell(coffee, 60)]);
  const token = await it.token();
  const ask = async () => stockAnswerShape.parse((await it.api(token, '/stock')).json);
  expect(await ask()).toMatchObject({ stock: [{ productId: 'coffee', onHand: -13 }], without: [] });
  it.shop.deps.passTime(60 * 60 * 1000);
  expect((await ask()).without.map(({ till }) => till)).toEqual(['K1', 'K2']);
});

test('[API6] sales and refunds of all devices come in the order in which they arrived, to the end', async () => {
  const coffee = await it.shop.addProduct('coffee');
  const till = await it.shop.enrol('till', 'K1');
  const journal = createTestJournal(till);
  const rows = Array.from({ length: 7 }, (_, index) =>
    index % 2 === 0 ? journal.sell(coffee, index + 1) : journal.receive(coffee, 1),
  );
  await pushRows(it.shop.core, till, rows);
  const token = await it.token();
  const quantities: number[] = [];
  let position = '';
  for (let more = true; more; ) {
    const query = position === '' ? 'limit=2' : `limit=2&updatedSince=${position}`;
    const page = salesAnswerShape.parse((await it.api(token, `/sales?${query}`)).json);
    quantities.push(...page.sales.map(({ lines }) => lines[0]?.quantity as number));
    ({ more, position } = page);
  }
  expect(quantities).toEqual([1, 3, 5, 7]);
  const next = createTestJournal(till, journal.head);
  await pushRows(it.shop.core, till, [next.sell(coffee, 9)]);
  const news = salesAnswerShape.parse((await it.api(token, `/sales?updatedSince=${position}`)).json);
  expect(news).toMatchObject({
    more: false,
    sales: [{ kind: 'sale', receipt: expect.stringContaining('K1-1-'), flags: [] }],
  });
});

test('[API9] a token that asks too often waits; another one and the devices do not', async () => {
  const [greedy, other] = [await it.token(), await it.token(['read'], 'WEB2')];
  const answers = await Promise.all(
    Array.from({ length: API_RATE.burst + 20 }, () => it.api(greedy, '/products/count')),
  );
  const turnedAway = answers.filter(({ status }) => status === 429);
  expect(turnedAway.length).toBeGreaterThan(0);
  expect(Number(turnedAway[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await it.api(other, '/products/count')).status).toBe(200);
  expect((await it.office('/api/v1/integrations')).status).toBe(200);
});

test('[API10] errors name the place, in the language asked for', async () => {
  const token = await it.token();
  const answer = await it.api(token, '/products?limit=0', { headers: { 'accept-language': 'id' } });
  expect(answer.status).toBe(400);
  expect(answer.json).toMatchObject({
    error: {
      code: 'bad-request',
      message: expect.stringContaining('tidak'),
      detail: expect.stringMatching(/^limit: /),
    },
  });
  expect(codeOf(await it.api(token, '/devices', { method: 'DELETE' }))).toBe('method-not-allowed');
  expect((await it.api(token, '/nothing')).status).toBe(404);
});

test('[API21] a question that is mistyped, or asks for what an address has not, is refused and named', async () => {
  const token = await it.token();
  for (const [path, word] of [
    ['/products?updated_since=2026-01-31T08:00:00Z', 'updated_since'],
    ['/sales?page=2', 'page'],
    ['/devices?x=1', 'x'],
  ]) {
    const answer = await it.api(token, String(path));
    expect([answer.status, codeOf(answer)]).toEqual([400, 'bad-request']);
    expect(answer.text).toContain(`\\"${word}\\"`);
  }
  const nowhere = await it.api(token, '/nothing');
  expect([codeOf(nowhere), nowhere.text.includes('/api/docs')]).toEqual(['not-found', true]);
});

test('[API11] the office sees the last calls of each token, and when it was used', async () => {
  const token = await it.token();
  await it.api(token, '/stock?limit=1');
  await it.api(token, '/products?limit=0');
  const devices = devicesAnswerShape.parse((await it.api(token, '/devices')).json);
  expect(devices.devices).toMatchObject([{ till: 'M1', role: 'manager', active: true, revoked: false }]);
  const { integrations } = integrationsAnswerShape.parse((await it.office('/api/v1/integrations')).json);
  const paths = integrations[0]?.calls.map(({ path, status }) => `${status} ${path}`);
  expect(paths).toEqual(['200 /api/v1/devices', '400 /api/v1/products', '200 /api/v1/stock']);
  expect(integrations[0]?.lastUsedAt).toBeGreaterThan(0);
});

test('[PRD6] other systems are told what a product costs in the branch of their token, or in the one they ask for', async () => {
  const branchPrices = { utama: 1_300, [OTHER_BRANCH]: 900 } as never;
  await it.shop.addProduct('coffee', { branchPrices });
  const token = await it.token();
  const priceAt = async (query: string) => productsIn(await it.api(token, `/products${query}`)).products[0]?.price;
  expect([await priceAt(''), await priceAt('?branch=cabang'), await priceAt('?branch=timur')]).toEqual([
    1_300, 900, 1_000,
  ]);
  expect(codeOf(await it.api(token, '/products?branch=*'))).toBe('bad-request');
});

import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { apiErrorShape } from '../../schema/api/api-error.ts';
import { stockAnswerShape } from '../../schema/api/api-lists.ts';
import { type ApiSale, apiSaleShape, salesAnswerShape } from '../../schema/api/api-sale.ts';
import type { Sale } from '../../schema/entry/sale.ts';
import { COMPANY_SCOPE, type EntryId } from '../../schema/ids.ts';
import { putCompanyDoc } from '../core/company-writer.ts';
import { findIntegration } from '../core/integrations.ts';
import { openCore } from '../core/open-core.ts';
import { pushJournal } from '../core/push-journal.ts';
import { openLedger } from '../keys/ledger.ts';
import { verifySignature } from '../keys/verify-signature.ts';
import { makeTestFolder } from '../testing/test-deps.ts';
import { createTestJournal } from '../testing/test-device.ts';
import type { TestAnswer } from '../testing/test-http.ts';
import { type ApiShop, openApiShop } from '../testing/test-integration.ts';
import { pushRows } from '../testing/test-push.ts';
import { createTestSharer } from '../testing/test-shares.ts';
import { verifyDatabase } from '../verify/verify-database.ts';
import { takeSale } from './take-sale.ts';

let it: ApiShop;
let token: string;

beforeEach(async () => {
  it = await openApiShop();
  token = await it.token(['read', 'write']);
  await it.shop.addProduct('coffee');
  await it.shop.addProduct('tea', { price: 700 as never });
});
afterEach(() => it.close());

const COFFEE = { lines: [{ productId: 'coffee', quantity: 2 }], payments: [{ tender: 'card', reference: 'PAY-1' }] };
const post = (key: string, body: unknown, by = token) =>
  it.api(by, '/sales', { body, headers: key === '' ? {} : { 'idempotency-key': key } });
const saleIn = (answer: TestAnswer): ApiSale => {
  expect(answer.text).toContain('"receipt"');
  return apiSaleShape.parse(answer.json);
};
const faultIn = (answer: TestAnswer) => apiErrorShape.parse(answer.json).error;
const salesOf = async () => salesAnswerShape.parse((await it.api(token, '/sales')).json).sales;
const onHand = async () => stockAnswerShape.parse((await it.api(token, '/stock')).json).stock;
const read = (id: EntryId) => it.shop.core.store.read((tx) => tx.entry(id));

test('[API12] a sale becomes an entry of its integration’s device: computed, numbered, chained, signed, folded, served', async () => {
  const answers = [await post('A-1', { ...COFFEE, reference: 'Order 1' }), await post('A-2', COFFEE)];
  expect(answers.map(({ status }) => status)).toEqual([201, 201]);
  const [first, second] = answers.map(saleIn) as [ApiSale, ApiSale];
  expect(first).toMatchObject({
    receipt: 'WEB-1-1',
    reference: 'Order 1',
    total: 2000,
    due: 2000,
    flags: [],
    person: 'budi',
  });
  expect(first.lines).toMatchObject([{ productId: 'coffee', quantity: 2, unitPrice: 1000, total: 2000 }]);
  expect(second).toMatchObject({
    receipt: 'WEB-1-2',
    payments: [{ tender: 'card', amount: 2000, reference: 'PAY-1' }],
  });
  expect(await onHand()).toEqual([{ productId: 'coffee', onHand: -4 }]);
  const [one, two] = [await read(first.id), await read(second.id)];
  expect(two).toMatchObject({ prev: one?.hash, entrySeq: 2, verdict: 'accepted' });
  const till = await it.shop.enrol('till', 'K1');
  const pulled = await it.server.ask('/sync/v1/branchJournal/pull', { credential: till.credential });
  expect(pulled.text).toContain('WEB-1-2');
  const whole = join(it.shop.dataDir, 'whole.db');
  new Database(join(it.shop.dataDir, 'laci.db'), { readonly: true }).prepare('VACUUM INTO ?').run(whole);
  const ledger = openLedger(join(it.shop.dataDir, 'ledger.jsonl'));
  const shopKey = it.shop.core.shopKey.publicKey;
  expect(verifyDatabase(whole, { verify: verifySignature, ledger, shopKey }).findings).toEqual([]);
});

test('[API13] [I1] the same key counts once, in a row or at the same time; another sale under it is refused', async () => {
  const at = await Promise.all(Array.from({ length: 6 }, () => post('once', COFFEE)));
  expect(new Set(at.map(({ text }) => text)).size).toBe(1);
  expect((await post('once', COFFEE)).text).toBe(at[0]?.text);
  expect(faultIn(await post('once', { ...COFFEE, lines: [{ productId: 'coffee', quantity: 3 }] })).code).toBe(
    'key-reused',
  );
  expect(await salesOf()).toHaveLength(1);
  const other = await it.token(['write'], 'APP');
  expect(saleIn(await post('once', COFFEE, other)).receipt).toBe('APP-1-1');
  const many = await Promise.all(Array.from({ length: 8 }, (_, index) => post(`n-${index}`, COFFEE)));
  const receipts = many.map((answer) => saleIn(answer).receipt).sort();
  expect(receipts).toEqual(Array.from({ length: 8 }, (_, index) => `WEB-1-${index + 2}`).sort());
});

test('[API13] [I5] [F12] after a restore a key stands for what it stood for once a till brought it back, and no number comes twice', async () => {
  const backup = join(it.shop.dataDir, 'yesterday.db');
  await post('before', COFFEE);
  new Database(join(it.shop.dataDir, 'laci.db'), { readonly: true }).prepare('VACUUM INTO ?').run(backup);
  const till = await it.shop.enrol('till', 'K1');
  const lost = saleIn(await post('lost', { ...COFFEE, reference: 'Order 9' }));
  const entry = await read(lost.id);
  const author = await it.shop.core.store.read((tx) => tx.device(lost.id.slice(0, 16) as never));
  const folder = makeTestFolder();
  for (const name of ['ledger.jsonl', 'shop-key.json', 'server-key.json', 'server-secret'])
    copyFileSync(join(it.shop.dataDir, name), join(folder.path, name));
  copyFileSync(backup, join(folder.path, 'laci.db'));
  const core = await openCore(folder.path, it.shop.deps);
  expect(core.epoch.n).toBe(1);
  await core.epochs.beginIf(async () => ({ cause: 'restored', after: [] }));
  const integration = await findIntegration(core, token);
  const again = (key: string, request: object) =>
    takeSale({ core, integration: integration as never, header: () => key }, request as never);
  const next = await again('next', COFFEE);
  expect(next.receipt).toBe('WEB-2-1');
  const { json, signature, hash } = entry as NonNullable<typeof entry>;
  const { verdicts } = await pushJournal(core, till.stored, {
    entries: [JSON.parse(json)],
    signatures: [{ id: lost.id, hash, signature }],
    certificates: [author?.certificate ?? ''],
  });
  expect(verdicts).toMatchObject([{ verdict: 'accepted' }]);
  expect(await again('lost', { ...COFFEE, reference: 'Order 9' })).toMatchObject({
    id: lost.id,
    receipt: lost.receipt,
  });
  await core.store.close();
  folder.remove();
});

test('[API20] a sale that is not said to be JSON is refused with how to say so', async () => {
  const headers = { 'idempotency-key': 'k', 'content-type': 'text/plain' };
  const answer = await it.api(token, '/sales', { body: JSON.stringify(COFFEE), headers });
  expect(faultIn(answer)).toMatchObject({ code: 'bad-request', detail: expect.stringContaining('application/json') });
  expect(await salesOf()).toEqual([]);
});

test('[API14] what cannot be a sale is refused with its place, and writes nothing', async () => {
  const refused = async (body: unknown, key = 'k') => faultIn(await post(key, body));
  expect(await refused(COFFEE, '')).toMatchObject({ code: 'key-missing' });
  expect(await refused({ ...COFFEE, lines: [] })).toMatchObject({
    code: 'bad-request',
    detail: expect.stringMatching(/^lines: /),
  });
  expect(await refused({ ...COFFEE, lines: [{ productId: 'coffee', quantity: 0.5 }] })).toMatchObject({
    code: 'bad-request',
  });
  expect(await refused('nonsense')).toMatchObject({ code: 'bad-request', detail: 'body: no JSON' });
  expect(await refused({ ...COFFEE, price: 1 })).toMatchObject({ code: 'bad-request' });
  const lines = (line: object) => refused({ ...COFFEE, lines: [...COFFEE.lines, line] });
  expect(await lines({ productId: 'ghost', quantity: 1 })).toEqual({
    ...{ code: 'sale-wrong', message: expect.any(String), detail: 'lines.1: no product ghost here' },
  });
  expect(await lines({ name: 'Gift wrap', quantity: 1 })).toMatchObject({
    detail: expect.stringContaining('unitPrice'),
  });
  expect(await lines({ name: 'x', quantity: 1_000_000_000, unitPrice: Number.MAX_SAFE_INTEGER })).toMatchObject({
    detail: 'lines: the amounts are too large to add up',
  });
  const paid = (...payments: object[]) => refused({ ...COFFEE, payments });
  expect(await paid({ tender: 'card', amount: 1999 })).toMatchObject({
    detail: 'payments: they add up to 1999, and the sale to 2000',
  });
  expect(await paid({ tender: 'card' }, { tender: 'cash' })).toMatchObject({
    detail: expect.stringContaining('payments.0.amount'),
  });
  expect(await paid({ tender: 'credit' })).toMatchObject({ code: 'bad-request' });
  expect(await paid({ tender: 'card', reference: '4111 1111 1111 1111' })).toMatchObject({ code: 'sale-wrong' });
  expect(await refused({ ...COFFEE, note: 'card 4111111111111111' })).toMatchObject({
    detail: expect.stringMatching(/^note/),
  });
  const reader = await it.token(['read'], 'R');
  expect(faultIn(await post('k', COFFEE, reader))).toMatchObject({ code: 'token-scope' });
  expect(await salesOf()).toEqual([]);
  const devices = await it.shop.core.store.read((tx) => tx.devicesOfBranch(it.manager.stored.branch));
  expect(devices.map(({ till }) => till)).toEqual(['M1']);
  expect(saleIn(await post('k', COFFEE)).receipt).toBe('WEB-1-1');
});

test('[API15] another price than the shelf’s is told as one, by barcode and by hand, and needs no other leave', async () => {
  const lines = [
    { barcode: 'B-tea', quantity: 3, unitPrice: 500 },
    { name: 'Gift wrap', quantity: 1, unitPrice: 250 },
  ];
  const sale = saleIn(await post('own', { ...COFFEE, lines, soldAt: '2026-02-03T10:00:00+07:00' }));
  expect(sale).toMatchObject({ total: 1750, flags: [], soldAt: '2026-02-03T03:00:00.000Z' });
  const { body } = JSON.parse((await read(sale.id))?.json ?? '') as Sale;
  expect(body.lines).toMatchObject([
    { productId: 'tea', unitPrice: 500, listPrice: 700 },
    { name: 'Gift wrap', unitPrice: 250 },
  ]);
  expect(body.lines[1]?.productId).toBeUndefined();
});

test('[PRD6] an order without a price of its own is sold at its branch’s, and one with it names the branch’s beside it', async () => {
  await it.shop.addProduct('milk', { branchPrices: { utama: 1_500, cabang: 3 } as never });
  const milk = (more: object) => ({
    lines: [{ productId: 'milk', quantity: 1, ...more }],
    payments: [{ tender: 'card' }],
  });
  expect(saleIn(await post('B-1', milk({})))).toMatchObject({ total: 1_500, flags: [] });
  const own = saleIn(await post('B-2', milk({ unitPrice: 1_000 })));
  const entry = JSON.parse((await read(own.id))?.json ?? '') as Sale;
  expect(entry.body.lines[0]).toMatchObject({ unitPrice: 1_000, listPrice: 1_500 });
});

test('[API17] [ALT2] limited goods are sold out of what no till holds, never flagged, and beyond that refused', async () => {
  const { core } = it.shop;
  const ticket = await it.shop.addProduct('ticket', { limited: true });
  const sharer = createTestSharer(await it.shop.enrol('till', 'K1'), ticket);
  await pushRows(core, it.manager, [createTestJournal(it.manager).receive(ticket, 10)]);
  expect(await sharer.stockUp(core, 6)).toBe(6);
  const order = (...units: number[]) => ({
    lines: units.map((quantity) => ({ productId: ticket, quantity })),
    payments: [{ tender: 'card' }],
  });
  const tooMany = { code: 'sale-wrong', detail: 'lines.1: ticket is limited, and 4 of it are held by no till' };
  expect(faultIn(await post('T-1', order(3, 2)))).toMatchObject(tooMany);
  expect(saleIn(await post('T-2', order(3)))).toMatchObject({ flags: [] });
  expect(faultIn(await post('T-3', order(2)))).toMatchObject({ detail: expect.stringContaining('and 1 of it') });
  expect(saleIn(await post('T-4', order(1)))).toMatchObject({ flags: [] });
  expect((await onHand()).find(({ productId }) => productId === ticket)?.onHand).toBe(6);
  // What the till holds it still sells, all of it.
  sharer.sell(6);
  await sharer.push(core);
  expect((await salesOf()).map(({ flags }) => flags)).toEqual([[], [], []]);
});

test('[API18] [API19] the shop’s promotions count where they are wished for, on lines at the shelf price', async () => {
  const happy = {
    ...{ id: 'promotion:sore', scope: COMPANY_SCOPE, kind: 'promotion', promotion: 'sore', name: 'Sore', active: true },
    ...{ from: '2026-01-01', to: '2026-12-31', hours: { from: 840, to: 960 } },
    rule: { type: 'percent', target: { of: 'all' }, basisPoints: 1_000 },
  } as const;
  await it.shop.core.store.write([COMPANY_SCOPE], (tx) => putCompanyDoc(tx, 1, happy as never));
  const lines = [
    { productId: 'coffee', quantity: 1 },
    { productId: 'coffee', quantity: 1, unitPrice: 900 },
  ];
  // Half past two in the afternoon in Jakarta.
  const order = { lines, payments: [{ tender: 'card' }], soldAt: '2026-03-04T07:30:00Z' };
  expect(saleIn(await post('P-1', order))).toMatchObject({ total: 1_900 });
  const sale = saleIn(await post('P-2', { ...order, promotions: true }));
  expect(sale).toMatchObject({ total: 1_800, lines: [{ total: 900 }, { total: 900 }] });
  expect(sale.lines[0]).toMatchObject({ discount: 100, promotion: 'Sore' });
  expect(sale.lines[1]).toMatchObject({ unitPrice: 900, listPrice: 1_000 });
  expect(sale.lines[1]).not.toHaveProperty('discount');
  expect(sale.flags).not.toContain('promotion');
  const late = await post('P-3', { ...order, promotions: true, soldAt: '2026-03-04T09:30:00Z' });
  expect(saleIn(late)).toMatchObject({ total: 1_900 });
});

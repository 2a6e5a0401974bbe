import { afterEach, beforeEach, expect, test } from 'vitest';
import { salesAnswerShape } from '../../schema/api/api-sale.ts';
import { branchScope } from '../../schema/ids.ts';
import { createTestJournal } from '../testing/test-device.ts';
import { type ApiShop, BUDI, BUDIS_PIN, openApiShop } from '../testing/test-integration.ts';
import { proofOf } from '../testing/test-pins.ts';
import { pushRows } from '../testing/test-push.ts';
import type { TestEnrolment } from '../testing/test-shop.ts';
import { fillOutbox } from '../webhooks/fill-outbox.ts';

let it: ApiShop;
let till: TestEnrolment;

beforeEach(async () => {
  it = await openApiShop();
  till = await it.shop.enrol();
});
afterEach(() => it.close());

const push = (...rows: unknown[]) => pushRows(it.shop.core, till, rows);
const waiting = async () =>
  (await it.shop.core.store.read((tx) => tx.records('delivery', { limit: 9 }))).map(
    ({ json }) => JSON.parse((JSON.parse(json) as { body: string }).body) as { id: string; data: { id: string } },
  );
/** An address that is never called: what waits for it stays to be looked at. */
const makeHook = () => {
  const body = { by: BUDI, proof: proofOf(BUDIS_PIN), url: 'https://shop.invalid/', events: ['sale'] };
  return it.office('/api/v1/webhooks', { body });
};

test('[API6] [HOOK1] a sale that counts through a release is told like every other', async () => {
  await makeHook();
  const sale = createTestJournal(till).sell(await it.shop.addProduct('coffee'), 2);
  const { id, prev, hash } = sale;
  await push({ id, prev, hash, stub: true, bytes: 2_000_000 });
  const token = await it.token();
  const sales = async () => salesAnswerShape.parse((await it.api(token, '/sales')).json).sales;
  expect(await sales()).toEqual([]);
  await push(sale);
  expect(await sales()).toMatchObject([{ id, kind: 'sale', lines: [{ quantity: 2 }] }]);
  await fillOutbox(it.shop.core);
  expect((await waiting()).map(({ data }) => data.id)).toEqual([id]);
});

test('[HOOK1] a sale that is flagged later is the same message, and waits once', async () => {
  await makeHook();
  const sale = createTestJournal(till).sell(await it.shop.addProduct('coffee'), 1);
  await push(sale);
  await fillOutbox(it.shop.core);
  const told = await waiting();
  expect(told).toHaveLength(1);
  await it.shop.core.store.write([branchScope(sale.branch)], (tx) => tx.reflagEntry(sale.id, ['beyond-share']));
  await fillOutbox(it.shop.core);
  expect((await waiting()).map(({ id }) => id)).toEqual(told.map(({ id }) => id));
  const [hook] = await it.shop.core.store.read((tx) => tx.records('webhook', { limit: 9 }));
  expect(JSON.parse(hook?.json ?? '{}')).toMatchObject({ waiting: 1 });
});

import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { BranchId } from '../../schema/ids.ts';
import { errorAnswerShape } from '../../schema/protocol/error.ts';
import { sharesAnswerShape, sharesViewShape } from '../../schema/protocol/shares.ts';
import { createTestJournal } from '../testing/test-device.ts';
import { startTestServer, type TestServer } from '../testing/test-http.ts';
import { pushRows } from '../testing/test-push.ts';
import { OTHER_BRANCH, openTestShop, type TestEnrolment, type TestShop } from '../testing/test-shop.ts';

let shop: TestShop;
let server: TestServer;
let till: TestEnrolment;
let manager: TestEnrolment;

beforeEach(async () => {
  shop = await openTestShop();
  server = await startTestServer(shop, join(shop.dataDir, 'app'));
  const ticket = await shop.addProduct('ticket', { limited: true });
  await shop.addProduct('tea');
  manager = await shop.enrol('manager', 'M1');
  till = await shop.enrol('till', 'K1');
  await pushRows(shop.core, manager, [createTestJournal(manager).receive(ticket, 40)]);
});
afterEach(async () => {
  await server.close();
  await shop.close();
});

const ADDRESS = '/api/v1/shares';
const ASK = { through: 0, products: [{ productId: 'ticket' }, { productId: 'tea' }, { productId: 'nothing' }] };
const ask = ({ credential }: TestEnrolment, path: string, body: unknown) =>
  server.ask(`${ADDRESS}${path}`, { credential, body: body as object });
const codeOf = async (who: TestEnrolment, path: string, body: unknown) =>
  errorAnswerShape.parse((await ask(who, path, body)).json).error.code;

test('[ALT5] [ALT7] a till asks, a manager sees who holds what, and what is not limited is passed over', async () => {
  const answer = sharesAnswerShape.parse((await ask(till, '', ASK)).json);
  expect(answer).toMatchObject({ awaited: 0, open: [{ productId: 'ticket', quantity: 20 }] });
  expect(answer.products).toEqual([{ productId: 'ticket', free: 20, fair: 20 }]);
  const view = sharesViewShape.parse((await ask(manager, '/look', { products: [] })).json);
  expect(view.products).toMatchObject([
    { productId: 'ticket', onHand: 40, free: 20, holders: [{ till: 'K1', open: 20 }] },
  ]);
});

test('[ALT7] [ROLE1] [F18] only who may edit looks, writes off and waives, and nothing of another branch', async () => {
  const developer = await shop.enrol('developer', 'D1');
  const elsewhere = await shop.enrol('manager', 'M9', OTHER_BRANCH as BranchId);
  const wish = { deviceId: till.device.deviceId, productId: 'ticket' };
  for (const [path, body] of [
    ['/look', { products: [] }],
    ['/written-off', wish],
    ['/waived', { deviceId: wish.deviceId }],
  ] as const) {
    expect(await codeOf(till, path, body)).toBe('not-allowed');
    expect(await codeOf(developer, path, body)).toBe('not-allowed');
  }
  expect(await codeOf(developer, '', ASK)).toBe('not-allowed');
  expect(await codeOf(elsewhere, '/written-off', wish)).toBe('not-found');
  expect(await codeOf(manager, '/waived', { deviceId: wish.deviceId })).toBe('not-found');
});

test('[ALT2] [I12] what is no request changes nothing', async () => {
  for (const body of [
    {},
    { through: -1, products: [] },
    { through: 0, products: [{ productId: 'ticket', need: 0 }] },
    [],
    5,
  ])
    expect(await codeOf(till, '', body)).toBe('bad-request');
  const many = Array.from({ length: 101 }, (_, index) => ({ productId: `p${index}` }));
  expect(await codeOf(till, '', { through: 0, products: many })).toBe('bad-request');
  expect((await server.ask(ADDRESS, { method: 'DELETE', credential: till.credential })).status).toBe(405);
  const view = sharesViewShape.parse((await ask(manager, '/look', { products: ['ticket'] })).json);
  expect(view.products).toMatchObject([{ free: 40, holders: [] }]);
});

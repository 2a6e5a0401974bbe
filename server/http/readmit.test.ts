import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ENROL_TRIES_MAX } from '../../schema/limits.ts';
import { errorAnswerShape } from '../../schema/protocol/error.ts';
import { journalPushAnswerShape } from '../../schema/protocol/push.ts';
import { createTestJournal } from '../testing/test-device.ts';
import { startTestServer, type TestAnswer, type TestServer } from '../testing/test-http.ts';
import { openTestShop, type TestEnrolment, type TestShop } from '../testing/test-shop.ts';

let shop: TestShop;
let server: TestServer;
let till: TestEnrolment;
let manager: TestEnrolment;

beforeEach(async () => {
  shop = await openTestShop();
  server = await startTestServer(shop, join(shop.dataDir, 'app'));
  till = await shop.enrol();
  manager = await shop.enrol('manager', 'M1');
});
afterEach(async () => {
  await server.close();
  await shop.close();
});

const codeOf = (answer: TestAnswer) => errorAnswerShape.parse(answer.json).error.code;
const revoke = (by: TestEnrolment, id: string = till.device.deviceId) =>
  server.ask(`/api/v1/devices/${id}/revoke`, { method: 'POST', credential: by.credential });

test('[ENR7] who guesses at the door of lost devices has to wait', async () => {
  const body = { certificate: till.certificate, credential: till.credential, signature: 'A'.repeat(86) };
  const codes: string[] = [];
  for (let turn = 0; turn <= ENROL_TRIES_MAX; turn += 1) {
    codes.push(codeOf(await server.ask('/enrol/v1/readmit', { body })));
  }
  expect(codes).toEqual([...Array(ENROL_TRIES_MAX).fill('not-enrolled'), 'too-many']);
});

test('[ENR7] what has no shape is told so', async () => {
  for (const body of [{}, [], { certificate: till.certificate, credential: 'short', signature: 'x' }]) {
    expect(codeOf(await server.ask('/enrol/v1/readmit', { body }))).toBe('bad-request');
  }
  expect(codeOf(await server.ask('/enrol/v1/readmit'))).toBe('method-not-allowed');
});

test('[ENR8] a revoked device hands in its entries, and hears nothing else', async () => {
  const product = await shop.addProduct('coffee');
  const live = await server.live(till.credential);
  await live.next('hello');
  expect((await revoke(manager)).status).toBe(200);
  expect(await live.next('error')).toMatchObject({ code: 'revoked' });
  const { credential } = till;
  for (const path of ['/sync/v1/products/pull', '/rxdb/products/0/pull?limit=5']) {
    const answer = await server.ask(path, { credential });
    expect([answer.status, codeOf(answer)]).toEqual([403, 'revoked']);
  }
  expect(codeOf(await server.ask('/sync/v1/status', { credential, body: { checkpoints: {} } }))).toBe('revoked');
  const again = await server.live(credential);
  expect(await again.next('error')).toMatchObject({ code: 'revoked' });
  const entries = [createTestJournal(till).receive(product, 3)];
  const pushed = await server.ask('/sync/v1/journal/push', { credential, body: { entries } });
  expect(journalPushAnswerShape.parse(pushed.json).verdicts[0]?.verdict).toBe('accepted');
});

test('[ENR8] a device that will not come again is retired by a manager, once, and its stock stays', async () => {
  const product = await shop.addProduct('coffee');
  const entries = [createTestJournal(till).receive(product, 3)];
  await server.ask('/sync/v1/journal/push', { credential: till.credential, body: { entries } });
  const retire = (by: TestEnrolment, id: string = till.device.deviceId) =>
    server.ask(`/api/v1/devices/${id}/retire`, { method: 'POST', credential: by.credential });
  expect(codeOf(await retire(till, manager.device.deviceId))).toBe('not-allowed');
  expect(codeOf(await retire(manager, manager.device.deviceId))).toBe('not-allowed');
  expect(codeOf(await retire(manager, '0'.repeat(16)))).toBe('not-found');
  expect([(await retire(manager)).status, (await retire(manager)).status]).toEqual([200, 200]);
  const stock = await shop.core.store.read((tx) => tx.document('stock', `utama:${product}`));
  expect(JSON.parse(stock?.json ?? '{}')).toMatchObject({ base: { in: 3, out: 0 } });
});

test('[ENR8] only who may enrol devices may revoke one', async () => {
  expect(codeOf(await revoke(till, manager.device.deviceId))).toBe('not-allowed');
  expect(codeOf(await revoke(manager, 'nobody'))).toBe('not-found');
  expect(codeOf(await server.ask(`/api/v1/devices/${till.device.deviceId}/revoke`))).toBe('method-not-allowed');
});

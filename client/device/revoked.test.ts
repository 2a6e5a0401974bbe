import { afterAll, beforeAll, expect, test } from 'vitest';
import { pullAnswerShape } from '../../schema/protocol/pull.ts';
import { statusAnswerShape } from '../../schema/protocol/status.ts';
import { must } from '../../schema/result.ts';
import { createHttp } from '../sync/http.ts';
import type { Device } from './device.ts';
import type { DeviceDeps } from './device-deps.ts';
import { enrolDevice } from './enrol-device.ts';
import { createNodeDeps } from './node-device.ts';
import { inStep, sellOne } from './node-sale.ts';
import { type NodeShop, startNodeShop } from './node-shop.ts';
import { openDevice } from './open-device.ts';
import { when } from './when.ts';

/** A real server, a manager's device that speaks the protocol bare, and a till that it revokes. */
let shop: NodeShop;
let deps: DeviceDeps;
let device: Device;
let http: ReturnType<typeof createHttp>;
let credential: string;

beforeAll(async () => {
  shop = await startNodeShop(3);
  const slot = createNodeDeps('M1', shop.origin);
  await enrolDevice(slot, { serverAddress: '', code: shop.code('M1') });
  credential = must(await slot.vault.get('enrolment'), 'an enrolment').credential;
  http = createHttp(slot, () => ({ origin: shop.origin, credential, timeoutMs: 10_000 }));
});
afterAll(async () => {
  await device.close();
  await shop.close();
});

const PATIENCE = { timeout: 40_000, interval: 100 };

async function openTill(): Promise<string> {
  deps = createNodeDeps('K1', shop.origin);
  await enrolDevice(deps, { serverAddress: '', code: shop.code('K1') });
  device = await openDevice(deps);
  await inStep(device);
  await device.company.choosePerson(must(device.company.people.get()[0], 'a person').person);
  return must(await deps.vault.get('enrolment'), 'an enrolment').device.deviceId;
}

async function headOf(deviceId: string): Promise<number | undefined> {
  const answer = await http.request('POST', '/sync/v1/status', { checkpoints: {} }, statusAnswerShape);
  return answer.ok ? answer.value.heads?.[deviceId as never]?.seq : undefined;
}

async function revoke(deviceId: string): Promise<void> {
  const headers = { authorization: `Bearer ${credential}`, 'content-type': 'application/json' };
  const answer = await fetch(`${shop.origin}/api/v1/devices/${deviceId}/revoke`, {
    method: 'POST',
    headers,
    body: '{}',
  });
  expect(answer.status).toBe(200);
  await when(device.sync.status, ({ revoked }) => revoked);
}

test('[SYNC26] [SYNC20] [ENR9] [F27] a revoked till hands in everything again that a restore lost, with its enrolment', {
  timeout: 90_000,
}, async () => {
  await shop.copyDatabase();
  const deviceId = await openTill();
  await sellOne(device, '1001', 1);
  await inStep(device);
  await revoke(deviceId);
  await sellOne(device, '1001', 2);
  await expect.poll(() => headOf(deviceId), PATIENCE).toBe(2);

  await shop.putDatabaseBack();
  await expect.poll(() => headOf(deviceId), PATIENCE).toBe(2);
  expect(device.sync.status.get().revoked).toBe(true);
  const pulled = await http.request('GET', '/sync/v1/branchJournal/pull?limit=100', undefined, pullAnswerShape);
  const documents = pulled.ok ? pulled.value.documents : [];
  expect(documents.filter((entry) => entry.deviceId === deviceId)).toMatchObject([
    { seq: 1, flags: expect.arrayContaining(['revoked', 'returned']) },
    { seq: 2, flags: expect.arrayContaining(['revoked', 'returned']) },
  ]);

  // Known to the restored server this time, and with nothing that waits.
  await shop.copyDatabase();
  await sellOne(device, '1001', 3);
  await expect.poll(() => headOf(deviceId), PATIENCE).toBe(3);
  await shop.putDatabaseBack();
  await expect.poll(() => headOf(deviceId), PATIENCE).toBe(3);
});

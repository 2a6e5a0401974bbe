import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  type DeviceOverview,
  deviceOverviewShape,
  deviceReportAnswerShape,
} from '../../schema/protocol/device-care.ts';
import { noteSize } from '../core/database-size.ts';
import { until } from '../testing/test-deps.ts';
import { startTestServer, type TestServer } from '../testing/test-http.ts';
import { OTHER_BRANCH, openTestShop, type TestEnrolment, type TestShop } from '../testing/test-shop.ts';

let shop: TestShop;
let server: TestServer;
let [till, manager] = [] as unknown as [TestEnrolment, TestEnrolment];

beforeEach(async () => {
  shop = await openTestShop();
  server = await startTestServer(shop);
  till = await shop.enrol('till', 'K1');
  manager = await shop.enrol('manager', 'M1');
});
afterEach(async () => {
  await server.close();
  await shop.close();
});

const report = (more: object = {}, by = till) =>
  server.ask('/api/v1/devices/report', {
    credential: by.credential,
    body: {
      ...{ at: shop.deps.now(), person: 'sari', waiting: 3, waitingSince: 1000, lag: 7, protocol: 3, done: [] },
      ...{ storage: { used: 10, quota: 100 }, requests: 20, failedRequests: 2, ...more },
    },
  });
const ask = (path: string, body?: object, by = manager) =>
  server.ask(`/api/v1/devices/${path}`, { method: 'POST', credential: by.credential, ...(body ? { body } : {}) });
const give = (command: string, by = manager, to = till) => ask(`${to.device.deviceId}/commands`, { command }, by);
const overview = async (by = manager): Promise<DeviceOverview> =>
  deviceOverviewShape.parse((await server.ask('/api/v1/devices/reports', { credential: by.credential })).json);
const commandsIn = (answer: { readonly json: unknown }) => deviceReportAnswerShape.parse(answer.json).commands;

test('[CARE1] what a device says is told to managers of its branch alone, with how far its clock is off', async () => {
  await report({ at: shop.deps.now() - 90_000 });
  const [said] = (await overview()).reports;
  expect(said).toMatchObject({
    device: till.device.deviceId,
    person: 'sari',
    waiting: 3,
    lag: 7,
    failedRequests: 2,
    last: null,
  });
  expect(said?.clockErrorMs).toBeLessThan(-80_000);
  const there = await shop.enrol('manager', 'M2', OTHER_BRANCH);
  expect((await overview(there)).reports).toEqual([]);
  expect((await server.ask('/api/v1/devices/reports', { credential: till.credential })).status).toBe(403);
  expect((await report({ waiting: -1 })).status).toBe(400);
});

test('[CARE1] [I12] a clock beyond all bounds costs nobody the devices’ screen, nor its device its commands', async () => {
  for (const at of [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER]) {
    expect((await report({ at })).status).toBe(200);
    expect((await report({ at })).status).toBe(200);
    const clockErrorMs = (await overview()).reports[0]?.clockErrorMs ?? 0;
    expect(Math.sign(clockErrorMs)).toBe(Math.sign(at));
  }
});

test('[CARE2] [CARE3] a command waits until its device asks, the same one once, and goes when it is answered', async () => {
  expect((await give('sync')).status).toBe(200);
  await give('sync');
  await give('lock');
  expect((await overview()).commands).toMatchObject([{ command: 'sync', givenBy: 'M1' }, { command: 'lock' }]);
  const told = commandsIn(await report());
  expect(told.map(({ command }) => command)).toEqual(['sync', 'lock']);
  expect(commandsIn(await report())).toEqual(told);
  const [sync, lock] = told as [(typeof told)[number], (typeof told)[number]];
  expect(commandsIn(await report({ done: [{ id: sync.id, result: 'done' }] }))).toEqual([lock]);
  expect((await overview()).reports[0]?.last).toMatchObject({ command: 'sync', result: 'done' });
  const withdraw = `${till.device.deviceId}/commands/${lock.id}/withdraw`;
  expect((await ask(withdraw, undefined, till)).status).toBe(403);
  expect((await ask(withdraw)).status).toBe(200);
  expect((await ask(withdraw)).status).toBe(200);
  expect(commandsIn(await report())).toEqual([]);
});

test('[CARE2] a device that is there hears of a command by its own document', async () => {
  const socket = await server.live(till.credential, { protocol: 3 });
  await socket.next('hello');
  await give('sync');
  await until('the call', () => JSON.stringify(socket.messages).includes('commandAt'));
  socket.close();
});

test('[CARE4] only a manager’s device of the branch commands, no revoked device is told, and none is left for one', async () => {
  const there = await shop.enrol('manager', 'M2', OTHER_BRANCH);
  expect((await give('reset', till)).status).toBe(403);
  expect((await give('reset', there)).status).toBe(404);
  expect((await give('explode')).status).toBe(400);
  await give('reset');
  await ask(`${till.device.deviceId}/revoke`);
  expect((await report()).json).toMatchObject({ error: { code: 'revoked' } });
  expect((await give('sync')).status).toBe(403);
});

test('[CARE6] a name is in the device’s document, and nothing else of it changes', async () => {
  const read = () => shop.core.store.read((tx) => tx.document('company', `device:${till.device.deviceId}`));
  const before = JSON.parse((await read())?.json ?? '{}') as object;
  expect((await ask(`${till.device.deviceId}/name`, { name: ' Front counter ' })).status).toBe(200);
  const { name, rev: _rev, ...rest } = JSON.parse((await read())?.json ?? '{}') as Record<string, unknown>;
  expect(name).toBe('Front counter');
  const { rev: _before, ...same } = before as Record<string, unknown>;
  expect(rest).toEqual(same);
  expect((await ask(`${till.device.deviceId}/name`, { name: 'x'.repeat(41) })).status).toBe(400);
});

test('[CARE7] how large the database was is noted once a day, for a month', async () => {
  const day = 24 * 60 * 60 * 1000;
  for (let index = 0; index < 40; index += 1) {
    await noteSize(shop.core);
    await noteSize(shop.core);
    shop.deps.passTime(day);
  }
  const { database, serverTime } = await overview();
  expect(database.bytes).toBeGreaterThan(0);
  expect(Math.round((serverTime - (database.before?.at ?? 0)) / day)).toBe(30);
});

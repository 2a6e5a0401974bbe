import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ProductId } from '../../schema/ids.ts';
import { readShop } from '../testing/read-shop.ts';
import { createTestJournal } from '../testing/test-device.ts';
import { startTestServer, type TestServer } from '../testing/test-http.ts';
import { pushRows } from '../testing/test-push.ts';
import { OTHER_BRANCH, openTestShop, type TestEnrolment, type TestShop } from '../testing/test-shop.ts';

const COFFEE = 'coffee' as ProductId;

let shop: TestShop;
let server: TestServer;
let till: TestEnrolment;
let manager: TestEnrolment;

beforeEach(async () => {
  shop = await openTestShop();
  server = await startTestServer(shop);
  [till, manager] = [await shop.enrol(), await shop.enrol('manager', 'M1')];
  const journal = createTestJournal(till);
  const [one, , three] = [1, 2, 3].map((units) => journal.receive(COFFEE, units));
  await pushRows(shop.core, till, [one, three]);
});
afterEach(async () => {
  await server.close();
  await shop.close();
});

const say = (by: TestEnrolment, what: string, of = till) =>
  server.ask(`/api/v1/devices/${of.device.deviceId}/${what}`, { method: 'POST', credential: by.credential });
const serverEntries = () => readShop(shop.core).serverEntries();

test('[F30] a manager says that a device is lost: its gaps close, once, and the entry says who said it', async () => {
  expect((await say(manager, 'lost')).status).toBe(200);
  expect((await say(manager, 'lost')).status).toBe(200);
  expect(await readShop(shop.core).onHand(COFFEE)).toBe(4);
  expect(await serverEntries()).toMatchObject([
    { kind: 'gap-closed', body: { from: 2, to: 2, reason: 'said by M1-1' } },
  ]);
});

test('[STK6] a manager retires a device, once', async () => {
  expect((await say(manager, 'retire')).status).toBe(200);
  expect((await say(manager, 'retire')).status).toBe(200);
  expect(await readShop(shop.core).stock(COFFEE)).toMatchObject({ n: 2, base: { in: 1, out: 0 } });
});

test.each(['lost', 'retire'])('[ROLE1] %s is for managers, of that branch, and not about oneself', async (what) => {
  const elsewhere = await shop.enrol('manager', 'M9', OTHER_BRANCH);
  const statuses = [];
  for (const [by, of] of [
    [till, manager],
    [elsewhere, till],
    [manager, manager],
  ] as const) {
    statuses.push((await say(by, what, of)).status);
  }
  expect(statuses).toEqual([403, 404, 403]);
  expect((await server.ask(`/api/v1/devices/${till.device.deviceId}/${what}`)).status).toBe(405);
  expect(await serverEntries()).toEqual([]);
});

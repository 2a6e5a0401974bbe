import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DeviceId } from '../../schema/ids.ts';
import { createTestJournal } from '../testing/test-device.ts';
import { pushRows } from '../testing/test-push.ts';
import { openTestShop, type TestEnrolment, type TestShop } from '../testing/test-shop.ts';
import { createHub, type Hub } from './hub.ts';
import type { LiveSocket } from './live-socket.ts';

let shop: TestShop;
let hub: Hub;
let told: DeviceId[];

beforeEach(async () => {
  shop = await openTestShop();
  hub = createHub(shop.core, { active: () => undefined, cameOrWent: () => undefined });
  told = [];
});
afterEach(async () => {
  hub.close();
  await shop.close();
});

function socketOf({ stored: device }: TestEnrolment): LiveSocket {
  const quiet = { send: () => undefined, say: () => undefined, close: () => undefined };
  return { ...quiet, device, sendShared: () => void told.push(device.deviceId) } as unknown as LiveSocket;
}

test('[LIVE19] who brought what changed is told of it too, behind all others', async () => {
  const tills = [await shop.enrol('till', 'K1'), await shop.enrol('till', 'K2'), await shop.enrol('till', 'K3')];
  const [first, second, third] = tills as [TestEnrolment, TestEnrolment, TestEnrolment];
  const coffee = await shop.addProduct('coffee');
  for (const till of tills) await hub.join(socketOf(till));
  await pushRows(shop.core, first, [createTestJournal(first).receive(coffee, 1)]);
  expect(told).toEqual([second, third, first].map(({ device }) => device.deviceId));
});

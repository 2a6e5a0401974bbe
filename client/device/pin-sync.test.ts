import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PersonId } from '../../schema/ids.ts';
import type { DeviceDeps } from './device-deps.ts';
import { enrolDevice } from './enrol-device.ts';
import { createNodeDeps } from './node-device.ts';
import { type NodeShop, startNodeShop } from './node-shop.ts';
import { openDevice } from './open-device.ts';
import { when } from './when.ts';

/** A new till behind something that lets requests through and no live socket. */
const SARI = 'sari' as PersonId;
let shop: NodeShop;
let deps: DeviceDeps;

beforeAll(async () => {
  shop = await startNodeShop(1, { pins: true });
  deps = createNodeDeps('K1', shop.origin, {
    openSocket: (_url, { closed }) => {
      setImmediate(closed);
      return { send: () => undefined, close: () => undefined };
    },
  });
  await enrolDevice(deps, { serverAddress: '', code: shop.code('K1') });
});
afterAll(() => shop.close());

test('[PIN13] [SYNC33] where no live socket comes through, a new till lets people in, also in the moment before their PINs are there, and is online by requests', async () => {
  const till = await openDevice(deps);
  await when(till.people.all, (people) => people.some(({ person, hasPin }) => person === SARI && hasPin));
  expect(await till.people.signIn(SARI, shop.pin(SARI))).toEqual({ ok: true, value: null });
  expect(till.sync.status.get().connection).not.toBe('online');
  await when(till.sync.status, ({ connection }) => connection === 'online');
  await till.close();
});

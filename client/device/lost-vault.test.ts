import { expect, test } from 'vitest';
import { must } from '../../schema/result.ts';
import { createMemoryVault } from '../store/memory-vault.ts';
import type { Device } from './device.ts';
import type { DeviceDeps } from './device-deps.ts';
import { enrolDevice } from './enrol-device.ts';
import { readLeftHere } from './left-here.ts';
import { createNodeDeps } from './node-device.ts';
import { inStep, sellOne } from './node-sale.ts';
import { startNodeShop } from './node-shop.ts';
import { openDevice } from './open-device.ts';

/** How much faster than the clock a device's hours pass. */
const HURRY = 50;
const PATIENCE = { timeout: 15_000, interval: 50 };

test('[F10] [I1] [STATE13] a till that lost its vault and is enrolled anew on its disk hands in what it had not sent', {
  timeout: 60_000,
}, async () => {
  const shop = await startNodeShop(4);
  let cut = false;
  const real = createNodeDeps('K1', shop.origin);
  const deps: DeviceDeps = {
    ...real,
    timers: { after: (ms, act) => real.timers.after(ms / HURRY, act) },
    fetch: (url, init) => (cut && url.includes('/push') ? Promise.reject(new Error('cut')) : real.fetch(url, init)),
  };
  const enrolAndOpen = async (on: DeviceDeps, till: string): Promise<Device> => {
    expect(
      await enrolDevice({ ...on, timers: real.timers }, { serverAddress: '', code: shop.code(till) }),
    ).toMatchObject({ ok: true });
    const settings = must(await on.vault.get('settings'), 'settings');
    await on.vault.put('settings', {
      ...settings,
      requestTimeoutMs: 300_000,
      digestIntervalMs: 60_000,
      idleAfterMs: 5_000,
      nightHours: null,
    });
    const device = await openDevice(on);
    await inStep(device);
    await device.company.choosePerson(must(device.company.people.get()[0], 'a person').person);
    return device;
  };
  const first = await enrolAndOpen(deps, 'K1');
  await sellOne(first, '1001', 1);
  await inStep(first);
  cut = true;
  await sellOne(first, '1001', 2);
  const { id } = must(first.catalogue.byBarcode('1001'), 'a product');
  const wanted = first.stock.onHand(id);
  await first.close();
  cut = false;
  // [STATE13] What lies on the disk is named before another is enrolled on it, and can be saved.
  const [left, ...none] = await readLeftHere(deps.openDisk, 'K1', deps.clock);
  expect([left?.till, left?.entries, none]).toEqual(['K1', 2, []]);
  const second = await enrolAndOpen({ ...deps, vault: createMemoryVault() }, 'K2');
  expect(second.identity.deviceId).not.toBe(first.identity.deviceId);
  const sale = await sellOne(second, '1002', 3);
  expect([sale.seq, second.disk.findings.get()]).toEqual([1, []]);
  const headOfFirst = async () => (await second.sync.inspect()).heads?.[first.identity.deviceId]?.seq;
  await expect.poll(headOfFirst, PATIENCE).toBe(2);
  await expect.poll(() => second.stock.onHand(id), PATIENCE).toBe(wanted);
  const known = await second.disk.importRescueNow(must(left?.rescue ?? undefined, 'a file'));
  expect(known).toMatchObject({ ok: true, value: { till: 'K1', entries: 2, known: 2 } });
  await second.close();
  await shop.close();
});

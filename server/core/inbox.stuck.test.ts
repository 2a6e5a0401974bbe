import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { GENESIS_HASH } from '../../schema/entry/header.ts';
import type { DeviceId, ProductId } from '../../schema/ids.ts';
import { BRANCH } from '../seed/shop.ts';
import { StoreFault } from '../store/store.ts';
import { createTestJournal, type TestJournal } from '../testing/test-device.ts';
import { pushRows, signedRows } from '../testing/test-push.ts';
import { openTestShop, type TestEnrolment, type TestShop } from '../testing/test-shop.ts';
import { startEmptying } from './empty-inbox.ts';
import { endDevice } from './end-device.ts';
import { giveShares } from './give-shares.ts';
import { layInInbox } from './lay-in-inbox.ts';
import { readPush } from './read-push.ts';
import { readReport } from './read-report.ts';
import { revokeDevice } from './revoke.ts';
import { settleInbox } from './settle-inbox.ts';
import { writeOffShare } from './write-off-share.ts';

let shop: TestShop;
let till: TestEnrolment;
let other: TestEnrolment;
let manager: TestEnrolment;
let journal: TestJournal;
let theirs: TestJournal;
let coffee: ProductId;
let undo = () => {};
beforeEach(async () => {
  shop = await openTestShop();
  [till, other, manager] = [await shop.enrol(), await shop.enrol('till', 'K2'), await shop.enrol('manager', 'K9')];
  coffee = await shop.addProduct('coffee');
  [journal, theirs] = [createTestJournal(till), createTestJournal(other)];
  undo = () => {};
});
afterEach(() => shop.close());

const sell = (by: TestJournal, count: number) => Array.from({ length: count }, () => by.sell(coffee, 1));

async function lay(by: TestEnrolment, rows: readonly unknown[]) {
  const read = readPush(signedRows(by, rows));
  return read && layInInbox(shop.core, by.stored, read, 5);
}

/** Of what the device signed nothing can be taken until `undo`. */
function makeStuck({ device: { deviceId } }: TestEnrolment): void {
  const { verify } = shop.deps;
  const failing: typeof verify = (key, text, signature) => {
    if (text.includes(deviceId)) throw new Error('a bug');
    return verify(key, text, signature);
  };
  Object.assign(shop.deps, { verify: failing });
  undo = () => void Object.assign(shop.deps, { verify });
}

/** The disk takes nothing, from its n-th transaction on, until `undo`. */
function fillDisk(from = 1): void {
  const { store } = shop.core;
  const write = store.write;
  let writes = 0;
  store.write = (scopes, work) =>
    write.call(store, scopes, async (tx) => {
      writes += 1;
      const done = await work(tx);
      if (writes >= from) throw new StoreFault('full', true, null);
      return done;
    }) as never;
  undo = () => {
    store.write = write;
  };
}

const headOf = async (deviceId: DeviceId) => (await shop.core.store.read((tx) => tx.head(deviceId)))?.seq;
const report = () =>
  readReport(shop.core, manager.stored, { by: 'till', from: '2000-01-01', to: '2999-12-31' } as never);

test('[PUSH21] [I12] what was taken leaves the inbox, though what is folded behind it fails: its device is served as before', async () => {
  const many = sell(theirs, 801);
  for (let at = 1; at < many.length; at += 200) await pushRows(shop.core, other, many.slice(at, at + 200));
  await lay(till, sell(journal, 10));
  fillDisk(2);
  await Promise.allSettled([pushRows(shop.core, other, many.slice(0, 1)), settleInbox(shop.core, BRANCH)]);
  undo();
  const live = await pushRows(shop.core, till, sell(journal, 1));
  expect([live.head, shop.core.inbox.length(), shop.core.inbox.holds()]).toEqual([journal.head, 0, false]);
});

test('[PUSH21] [REP8] what cannot be taken holds up no report, no end and no revocation, and counts when it can', async () => {
  await lay(till, sell(journal, 10));
  await lay(other, sell(theirs, 10));
  makeStuck(till);
  const { deviceId } = till.device;
  const before = await report();
  expect(before.ok && before.value.rows.map(({ sales }) => sales)).toEqual([10]);
  expect(await endDevice(shop.core, manager.stored, deviceId, 'lost')).toMatchObject({ ok: true });
  expect(await endDevice(shop.core, manager.stored, deviceId, 'retired')).toMatchObject({ ok: true });
  expect(await revokeDevice(shop.core, manager.stored, deviceId)).toMatchObject({ ok: true });
  expect(shop.core.ledger.isRevoked(deviceId)).toBe(true);
  undo();
  const after = await report();
  expect(after.ok && after.value.rows.map(({ sales }) => sales)).toEqual([10, 10]);
});

test('[PUSH21] [F8] on a full disk reports say what was counted until now', async () => {
  await lay(till, sell(journal, 10));
  fillDisk();
  const answer = await report();
  undo();
  expect(answer.ok && answer.value.rows).toEqual([]);
});

test('[PUSH21] however many pushes of one device are stuck, those of others behind them are taken', async () => {
  for (let n = 0; n < 201; n += 1) await lay(till, sell(journal, 1));
  await lay(other, sell(theirs, 1));
  makeStuck(till);
  const stop = startEmptying(shop.core);
  await vi.waitFor(async () => expect(await headOf(other.device.deviceId)).toBe(1), { timeout: 5_000 });
  await stop();
  undo();
});

test('[PUSH19] of a device that was copied nothing waits, whatever its rows follow', async () => {
  const copy = createTestJournal(till);
  await pushRows(shop.core, till, sell(journal, 1));
  await pushRows(shop.core, till, sell(copy, 1));
  const odd = createTestJournal(till, { seq: 1, hash: GENESIS_HASH });
  expect(await lay(till, sell(odd, 1))).toBeNull();
});

test('[PUSH20] [ALT6] [ALT7] shares are given to a device, and written off, after what waits of it', async () => {
  const { deviceId } = till.device;
  await lay(till, sell(journal, 10));
  await giveShares(shop.core, till.stored, { through: 10, products: [] });
  expect(await headOf(deviceId)).toBe(10);
  await lay(till, sell(journal, 10));
  await writeOffShare(shop.core, manager.stored, { deviceId, productId: coffee });
  expect(await headOf(deviceId)).toBe(20);
});

import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DeviceEntry } from '../../schema/entry/entry.ts';
import { PUSH_ROWS_MAX } from '../../schema/limits.ts';
import { type Stock, stockId } from '../../schema/stock/counter.ts';
import { createTestJournal } from '../testing/test-device.ts';
import { pushRows } from '../testing/test-push.ts';
import { openTestShop, type TestEnrolment, type TestShop } from '../testing/test-shop.ts';
import { closeGap } from './close-gap.ts';
import { completeUpgrade } from './complete-upgrade.ts';
import { FOLD_AT_ONCE_MAX } from './journal-work.ts';

/** A device makes very many entries wait behind one that it holds back: others are served between the slices that fold them. */
let shop: TestShop;
let device: TestEnrolment;
let entries: DeviceEntry[];
const COUNT = 2 * FOLD_AT_ONCE_MAX + 50;
const product = 'coffee' as never;

beforeEach(async () => {
  shop = await openTestShop();
  device = await shop.enrol('till', 'K1');
  await shop.addProduct('coffee');
  const journal = createTestJournal(device);
  entries = Array.from({ length: COUNT }, () => journal.receive(product, 1));
  const [, ...behind] = entries;
  for (let at = 0; at < behind.length; at += PUSH_ROWS_MAX)
    await pushRows(shop.core, device, behind.slice(at, at + PUSH_ROWS_MAX));
});
afterEach(() => shop.close());

const headSeq = async (of = device.device.deviceId) => (await shop.core.store.read((tx) => tx.head(of)))?.seq ?? 0;
const counted = async () => {
  const id = stockId(device.device.branch, product);
  const stored = await shop.core.store.read((tx) => tx.document('stock', id));
  const counters = stored ? (JSON.parse(stored.json) as Stock).counters : {};
  return Object.values(counters).reduce((sum, counter) => sum + counter.in - counter.out, 0);
};
/** How far each of the transactions of `act` moved the head. With `failAt`, that one and all after it fail. */
async function watchWrites(act: () => Promise<unknown>, failAt = Number.POSITIVE_INFINITY): Promise<number[]> {
  const { store } = shop.core;
  const write = store.write;
  const moved: number[] = [];
  store.write = async (scopes, work) => {
    if (moved.length + 1 >= failAt) throw new Error('The server was killed.');
    const before = await headSeq();
    const value = await write.call(store, scopes, work);
    moved.push((await headSeq()) - before);
    return value as never;
  };
  await act().catch(() => undefined);
  store.write = write;
  return moved;
}

test('[PUSH12] what waited behind a missing entry is folded in slices, each a transaction of its own', async () => {
  expect(await headSeq()).toBe(0);
  const moved = await watchWrites(() => pushRows(shop.core, device, entries.slice(0, 1)));
  expect(moved).toEqual([FOLD_AT_ONCE_MAX, FOLD_AT_ONCE_MAX, 50]);
  expect([await headSeq(), await counted()]).toEqual([COUNT, COUNT]);
});

test('[PUSH12] a server that is killed between two slices goes on at its next start, and counts each entry once', async () => {
  const moved = await watchWrites(() => pushRows(shop.core, device, entries.slice(0, 1)), 2);
  expect([moved, await counted()]).toEqual([[FOLD_AT_ONCE_MAX], FOLD_AT_ONCE_MAX]);
  for (let time = 0; time < 2; time += 1) await completeUpgrade(shop.core);
  expect([await headSeq(), await counted()]).toEqual([COUNT, COUNT]);
});

test('[PUSH12] a slice that the disk did not take is folded when the device sends the entry again', async () => {
  await watchWrites(() => pushRows(shop.core, device, entries.slice(0, 1)), 2);
  const last = entries.slice(-1);
  expect(await pushRows(shop.core, device, last)).toMatchObject({ verdicts: [{ verdict: 'duplicate' }] });
  expect([await headSeq(), await counted()]).toEqual([COUNT, COUNT]);
});

test('[PUSH12] so is what stands behind a gap that is closed', async () => {
  const moved = await watchWrites(() => closeGap(shop.core, device.device.deviceId, COUNT, 'lost'));
  expect(Math.max(...moved)).toBeLessThanOrEqual(FOLD_AT_ONCE_MAX + 1);
  expect([await headSeq(), await counted()]).toEqual([COUNT, COUNT - 1]);
});

test('[PUSH12] so is what follows a diverging run, and joins it', async () => {
  const copied = await shop.enrol('till', 'K2');
  const [original, copy] = [createTestJournal(copied), createTestJournal(copied)];
  await pushRows(shop.core, copied, [original.receive(product, 1_000_000), original.receive(product, 1_000_000)]);
  const diverging = Array.from({ length: COUNT }, () => copy.receive(product, 1));
  const [first, behind] = [diverging.slice(0, 4), diverging.slice(4)];
  for (let at = 0; at < behind.length; at += PUSH_ROWS_MAX)
    await pushRows(shop.core, copied, behind.slice(at, at + PUSH_ROWS_MAX));
  const moved = await watchWrites(() => pushRows(shop.core, copied, first), 2);
  expect([moved.length, await counted()]).toEqual([1, 2_000_000 + FOLD_AT_ONCE_MAX]);
  for (let time = 0; time < 2; time += 1) await completeUpgrade(shop.core);
  expect([await headSeq(copied.device.deviceId), await counted()]).toEqual([2, 2_000_000 + COUNT]);
});

import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { DeviceEntry } from '../../schema/entry/entry.ts';
import { BRANCH } from '../seed/shop.ts';
import { StoreFault } from '../store/store.ts';
import { createTestJournal } from '../testing/test-device.ts';
import { pushRows } from '../testing/test-push.ts';
import { openTestShop, type TestShop } from '../testing/test-shop.ts';
import { type CountPace, countBehind, countedKey, countFolded, startCounting } from './count-behind.ts';
import { layTogether } from './lay-together.ts';

const PACE: CountPace = { page: 20, pageBesidePushes: 5, uncountedMax: 60 };

/** Turns of the event loop in which a look has surely counted what there is. */
const TURNS = 200;

let shop: TestShop;
beforeEach(async () => {
  shop = await openTestShop();
});
afterEach(() => {
  vi.restoreAllMocks();
  return shop.close();
});

/** A till whose sales wait to be counted, and more that it has not pushed. */
async function openTill(sales = 100) {
  const coffee = await shop.addProduct('coffee');
  const device = await shop.enrol();
  const journal = createTestJournal(device);
  const sell = (count: number) => Array.from({ length: count }, () => journal.sell(coffee, 1));
  const push = async (rows: readonly DeviceEntry[]) => void (await pushRows(shop.core, device, [...rows]));
  const counted = async () =>
    Number((await shop.core.store.read((tx) => tx.meta(countedKey(device.device.deviceId)))) ?? 0);
  await push(sell(sales));
  return { device, sell, push, counted };
}

/** Does `act` behind each of the server's next transactions, but those that it makes itself. */
function behindEachWrite(act: () => Promise<void>): void {
  const write = shop.core.store.write;
  let isActing = false;
  vi.spyOn(shop.core.store, 'write').mockImplementation(async (scopes, work) => {
    const value = await write(scopes, work);
    if (isActing) return value;
    isActing = true;
    await act();
    isActing = false;
    return value;
  });
}

test('[REP26] where pushes come meanwhile fewer are counted at once, and what may wait is left', async () => {
  const { sell, push, counted } = await openTill();
  const marks: number[] = [];
  behindEachWrite(async () => {
    marks.push(await counted());
    await push(sell(1));
  });
  await countFolded(shop.core, BRANCH, PACE);
  expect(marks).toEqual([20, 25, 30, 35, 40]);
});

test('[REP26] [REP23] a report waits for all that was folded when it was asked, whatever comes meanwhile', async () => {
  const [first, second] = [await openTill(), await openTill(30)];
  behindEachWrite(() => first.push(first.sell(10)));
  await countFolded(shop.core, BRANCH, { page: 20, pageBesidePushes: 20, uncountedMax: 0 });
  expect([await first.counted(), await second.counted()]).toEqual([100, 30]);
  vi.mocked(shop.core.store.write).mockRestore();
  for (let times = 0; times < 3; times += 1) await first.push(first.sell(100));
  const folded = await shop.core.store.read((tx) => tx.head(first.device.device.deviceId));
  behindEachWrite(() => first.push(first.sell(1)));
  await countBehind(shop.core, BRANCH);
  expect(await first.counted()).toBe(folded?.seq);
});

/** The counting of a shop, which looks when it is told to; gives up to where it is counted behind a look. */
function startLooking(counted: () => Promise<number>, uncountedMax = 200) {
  const acts: (() => void)[] = [];
  vi.spyOn(shop.core.deps, 'every').mockImplementation((_ms, act) => {
    acts.push(act);
    return () => undefined;
  });
  const stop = startCounting(shop.core, { ...PACE, uncountedMax });
  const look = async () => {
    for (const act of acts) act();
    for (let turn = 0; turn < TURNS; turn += 1) await shop.deps.breathe();
    return counted();
  };
  return { look, stop };
}

test('[REP26] what was left is counted when no push came between two looks', async () => {
  const { sell, push, counted } = await openTill();
  const { look, stop } = startLooking(counted);
  behindEachWrite(() => push(sell(1)));
  expect(await look()).toBe(20);
  vi.mocked(shop.core.store.write).mockRestore();
  await push(sell(1));
  expect(await look()).toBe(20);
  await push(sell(1));
  expect(await look()).toBe(20);
  expect(await look()).toBe(103);
  await stop();
});

test('[REP26] a push that is laid into the inbox is one that came', async () => {
  const { device, counted } = await openTill();
  const { look, stop } = startLooking(counted);
  const lay = async () => void (await layTogether(shop.core, { courier: device.stored, lay: async () => null }));
  behindEachWrite(lay);
  expect(await look()).toBe(20);
  vi.mocked(shop.core.store.write).mockRestore();
  await lay();
  expect(await look()).toBe(20);
  expect(await look()).toBe(100);
  await stop();
});

test('[REP26] what is more than may wait is counted though pushes came', async () => {
  const { sell, push, counted } = await openTill();
  const { look, stop } = startLooking(counted, 60);
  behindEachWrite(() => push(sell(1)));
  expect(await look()).toBe(40);
  vi.mocked(shop.core.store.write).mockRestore();
  await push(sell(1));
  expect(await look()).toBe(106);
  await stop();
});

test('[REP23] what a failing disk did not let be counted is counted when it takes something again', async () => {
  const { counted } = await openTill();
  const { look, stop } = startLooking(counted);
  const { write } = shop.core.store;
  let left = 2;
  vi.spyOn(shop.core.store, 'write').mockImplementation((scopes, work) => {
    left -= 1;
    return left >= 0 ? write(scopes, work) : Promise.reject(new StoreFault('the disk is full', true, null));
  });
  expect(await look()).toBe(40);
  vi.mocked(shop.core.store.write).mockRestore();
  expect(await look()).toBe(100);
  await stop();
});

test('[REP26] the end of the server waits for no more than what is being counted', async () => {
  const { counted } = await openTill();
  const { look, stop } = startLooking(counted);
  const stopped: Promise<void>[] = [];
  behindEachWrite(async () => void stopped.push(stop()));
  expect(await look()).toBe(20);
  await Promise.all(stopped);
  expect(stopped).toHaveLength(1);
});

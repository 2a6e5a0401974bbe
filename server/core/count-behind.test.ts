import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { DeviceEntry } from '../../schema/entry/entry.ts';
import type { DeviceId } from '../../schema/ids.ts';
import { BRANCH } from '../seed/shop.ts';
import { createTestJournal } from '../testing/test-device.ts';
import { pushRows } from '../testing/test-push.ts';
import { openTestShop, type TestShop } from '../testing/test-shop.ts';
import { type CountPace, countBehind, countedKey, countFolded, startCounting } from './count-behind.ts';

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

/** A till whose hundred sales wait to be counted, and more that it has not pushed. */
async function openTill(sales = 100) {
  const coffee = await shop.addProduct('coffee');
  const device = await shop.enrol();
  const journal = createTestJournal(device);
  const sell = (count: number) => Array.from({ length: count }, () => journal.sell(coffee, 1));
  const push = (rows: readonly DeviceEntry[]) => pushRows(shop.core, device, [...rows]);
  await push(sell(sales));
  const counted = async () =>
    Number((await shop.core.store.read((tx) => tx.meta(countedKey(device.device.deviceId)))) ?? 0);
  return { sell, push, counted };
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

test('[REP26] where no push comes all is counted, and a report waits for all of it whatever comes', async () => {
  const { sell, push, counted } = await openTill(70);
  await countFolded(shop.core, BRANCH, PACE);
  expect(await counted()).toBe(70);
  await push(sell(30));
  behindEachWrite(async () => void (await push(sell(1))));
  await countBehind(shop.core, BRANCH);
  expect(await counted()).toBeGreaterThanOrEqual(100);
});

/** The counting of a shop, which looks when it is told to; gives up to where it is counted behind a look. */
function startLooking(counted: () => Promise<number>) {
  const acts: (() => void)[] = [];
  vi.spyOn(shop.core.deps, 'every').mockImplementation((_ms, act) => {
    acts.push(act);
    return () => undefined;
  });
  const stop = startCounting(shop.core, { ...PACE, uncountedMax: 200 });
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
  behindEachWrite(async () => void (await push(sell(1))));
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
  const { counted } = await openTill();
  const { look, stop } = startLooking(counted);
  const { inbox } = shop.core;
  const lay = async () => {
    inbox.laid({ n: 1, deviceId: 'k7' as DeviceId, length: 1 });
    inbox.left(1);
  };
  behindEachWrite(lay);
  expect(await look()).toBe(20);
  vi.mocked(shop.core.store.write).mockRestore();
  await lay();
  expect(await look()).toBe(20);
  expect(await look()).toBe(100);
  await stop();
});

test('[REP26] the end of the server waits for no more than what is being counted', async () => {
  const { counted } = await openTill();
  let left = 1;
  await countFolded(shop.core, BRANCH, PACE, () => left-- > 0);
  expect(await counted()).toBe(20);
});

import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type EntryId, entryId, type ProductId } from '../../schema/ids.ts';
import { quantity } from '../../schema/quantity.ts';
import { readShop } from '../testing/read-shop.ts';
import { createTestJournal, type TestJournal } from '../testing/test-device.ts';
import { pushRows } from '../testing/test-push.ts';
import { createTestSharer, sharesOf, type TestSharer } from '../testing/test-shares.ts';
import { openTestShop, type TestEnrolment, type TestShop } from '../testing/test-shop.ts';
import { verifyDatabase } from '../verify/verify-database.ts';
import { closeGap } from './close-gap.ts';
import { retireDevice } from './retire-device.ts';
import { writeOffShare } from './write-off-share.ts';

let shop: TestShop;
let ticket: ProductId;
let manager: TestEnrolment;
let book: TestJournal;
let one: TestSharer;
let two: TestSharer;

beforeEach(async () => {
  shop = await openTestShop();
  ticket = await shop.addProduct('ticket', { limited: true });
  manager = await shop.enrol('manager', 'M1');
  book = createTestJournal(manager);
  await pushRows(shop.core, manager, [book.receive(ticket, 40)]);
  one = createTestSharer(await shop.enrol('till', 'K1'), ticket);
  two = createTestSharer(await shop.enrol('till', 'K2'), ticket);
});
afterEach(() => shop.close());

const shares = () => sharesOf(shop.core, manager, ticket);
const findings = () => verifyDatabase(join(shop.dataDir, 'laci.db'), { verify: shop.deps.verify }).findings;
const flagsOf = async ({ deviceId }: TestSharer) =>
  (await readShop(shop.core).entriesOf(deviceId)).map(({ flags }) => [...flags]);

test('[ALT5] [ALT2] a till gets an equal part of half of what is left, and what a customer asks for as far as it is free', async () => {
  expect(await one.stockUp(shop.core)).toBe(10);
  expect(await two.stockUp(shop.core)).toBe(10);
  expect(await shares()).toMatchObject({ free: 20, held: { K1: 10, K2: 10 }, open: {} });
  expect(await one.stockUp(shop.core)).toBe(0);
  expect(await one.stockUp(shop.core, 25)).toBe(15);
  expect(await two.stockUp(shop.core, 60)).toBe(5);
  expect(await shares()).toMatchObject({ free: 0, held: { K1: 25, K2: 15 } });
});

test('[ALT4] what was allotted waits for its till, and is given once however often it asks', async () => {
  const [first, again] = [await one.ask(shop.core), await one.ask(shop.core)];
  expect(again.open).toEqual(first.open);
  expect(await shares()).toMatchObject({ free: 30, open: { K1: 10 }, held: { K1: 0 } });
  expect((await two.ask(shop.core)).open.map(({ quantity }) => quantity)).toEqual([10]);
});

test('[ALT1] a share is what was taken over, less what was sold and given back; a refund puts it back', async () => {
  await one.stockUp(shop.core);
  one.sell(3);
  one.giveBack(2);
  await one.push(shop.core);
  expect(await shares()).toMatchObject({ held: { K1: 5 }, free: 32 });
  expect(await readShop(shop.core).onHand(ticket)).toBe(37);
  expect(findings()).toEqual([]);
});

test('[ALT3] a sale beyond the share, or past it, counts and is flagged', async () => {
  await one.stockUp(shop.core);
  one.sell(9);
  one.sell(2);
  await one.push(shop.core);
  const late = createTestJournal(two.till);
  await pushRows(shop.core, two.till, [late.sell(ticket, 4)]);
  expect(await flagsOf(one)).toEqual([[], [], ['beyond-share']]);
  expect(await flagsOf(two)).toEqual([['beyond-share']]);
  expect(await readShop(shop.core).onHand(ticket)).toBe(25);
  expect(await shares()).toMatchObject({ held: { K1: -1 }, free: 25 });
});

test('[ALT4] [F30] a share that nobody gave, taken over by an entry that came late, is written off behind its release', async () => {
  const journal = createTestJournal(two.till);
  const allotment = entryId(manager.device.deviceId, 99);
  const first = journal.sell(ticket, 1);
  const received = journal.write('allotment-received', { allotment, productId: ticket, quantity: quantity(15) });
  await pushRows(shop.core, two.till, [first, journal.sell(ticket, 1)]);
  await closeGap(shop.core, two.till.device.deviceId, 99, 'lost');
  const { verdicts } = await pushRows(shop.core, two.till, [received]);
  expect(verdicts.map(({ verdict }) => verdict)).toEqual(['accepted']);
  const { held, free } = await shares();
  expect({ held, free }).toEqual({ held: {}, free: 38 });
  expect(findings()).toEqual([]);
});

test('[ALT4] [F18] taking over what nobody gave, twice, or what was given to another till, is written off at once', async () => {
  const [{ allotment = '' as EntryId } = {}] = (await one.ask(shop.core)).open;
  two.takeOver(allotment, 10);
  two.takeOver(entryId(two.deviceId, 77), 1_000_000_000);
  await two.push(shop.core);
  one.takeOver(allotment, 12);
  one.takeOver(allotment, 10);
  await one.push(shop.core);
  expect(await flagsOf(two)).toEqual([['share-not-given'], ['share-not-given']]);
  expect(await flagsOf(one)).toEqual([['share-not-given'], ['share-not-given']]);
  expect(await shares()).toMatchObject({ held: { K1: 10 }, free: 30 });
  expect(findings()).toEqual([]);
});

test('[ALT3] [F18] giving back more than was held frees nothing of what others hold', async () => {
  await one.stockUp(shop.core, 40);
  two.giveBack(500);
  await two.push(shop.core);
  expect(await flagsOf(two)).toEqual([['beyond-share']]);
  expect(await shares()).toMatchObject({ free: 0, held: { K1: 40, K2: -500 } });
});

test('[ALT7] what a manager writes off is free again, once; what is sold of it later is flagged', async () => {
  await one.stockUp(shop.core);
  const wish = { deviceId: one.deviceId, productId: ticket };
  for (let time = 0; time < 2; time += 1) await writeOffShare(shop.core, manager.stored, wish);
  expect(await shares()).toMatchObject({ free: 40, held: {} });
  one.sell(1);
  await one.push(shop.core);
  expect(await flagsOf(one)).toEqual([[], ['beyond-share']]);
  await writeOffShare(shop.core, manager.stored, wish);
  expect(await shares()).toMatchObject({ free: 39, held: {} });
  expect(findings()).toEqual([]);
});

test('[ALT7] [ALT4] a share that waits is written off too, and taken over afterwards it counts for nothing', async () => {
  const [{ allotment = '' as EntryId } = {}] = (await one.ask(shop.core)).open;
  await writeOffShare(shop.core, manager.stored, { deviceId: one.deviceId, productId: ticket });
  expect(await shares()).toMatchObject({ free: 40, open: {} });
  one.takeOver(allotment, 10);
  await one.push(shop.core);
  expect(await flagsOf(one)).toEqual([['share-not-given']]);
  expect(await shares()).toMatchObject({ free: 40, held: {} });
});

test('[ALT8] a retired till keeps no share where its journal is known to its end, and else until it is written off', async () => {
  await one.stockUp(shop.core);
  await one.ask(shop.core);
  await two.stockUp(shop.core);
  two.sell(4);
  await two.push(shop.core);
  for (const { deviceId } of [one, two]) await retireDevice(shop.core, deviceId, 'gone');
  expect(await shares()).toMatchObject({ held: { K2: 6 }, free: 30 });
  await writeOffShare(shop.core, manager.stored, { deviceId: two.deviceId, productId: ticket });
  expect(await shares()).toMatchObject({ held: {}, free: 36 });
  expect(findings()).toEqual([]);
});

const act = fc.record({
  till: fc.nat({ max: 1 }),
  does: fc.constantFrom('ask', 'need', 'sell', 'return', 'push', 'write off'),
  units: fc.integer({ min: 1, max: 30 }),
});
type Act = typeof act extends fc.Arbitrary<infer Value> ? Value : never;

test('[ALT2] whatever tills sell, give back and do not send, no allotment exceeds the stock', async () => {
  const perform = async (sharer: TestSharer, { does, units }: Act): Promise<void> => {
    if (does === 'ask') await sharer.stockUp(shop.core);
    else if (does === 'need') await sharer.stockUp(shop.core, units);
    else if (does === 'sell') sharer.sell(units);
    else if (does === 'return') sharer.giveBack(units);
    else if (does === 'push') await sharer.push(shop.core);
    else await writeOffShare(shop.core, manager.stored, { deviceId: sharer.deviceId, productId: ticket });
  };
  const given = async () =>
    (await readShop(shop.core).serverEntries()).filter(({ kind }) => kind === 'allotment').length;
  const out = async () => {
    const { held, open } = await shares();
    return [...Object.values(held), ...Object.values(open)].reduce((sum, units) => sum + Math.max(0, units), 0);
  };
  await pushRows(shop.core, manager, [book.receive(ticket, 5_000)]);
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 15 }), async (acts) => {
      for (const each of acts) {
        const before = await given();
        await perform([one, two][each.till] as TestSharer, each);
        if ((await given()) > before) expect(await out()).toBeLessThanOrEqual(await readShop(shop.core).onHand(ticket));
      }
    }),
    { numRuns: 25 },
  );
  expect(await given()).toBeGreaterThan(2);
});

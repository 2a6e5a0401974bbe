import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ProductId, SEQ_MAX } from '../../schema/ids.ts';
import { readShop, type ShopReader } from '../testing/read-shop.ts';
import { createTestJournal, type TestJournal } from '../testing/test-device.ts';
import { pushRows } from '../testing/test-push.ts';
import { openTestShop, type TestEnrolment, type TestShop } from '../testing/test-shop.ts';
import { verifyDatabase } from '../verify/verify-database.ts';
import { closeGap } from './close-gap.ts';
import type { Core } from './core.ts';
import { pushJournal } from './push-journal.ts';

/** The shop before a restore, and the one that was restored to before everything: the same keys know the same devices. */
let shop: TestShop;
let again: TestShop;
let restored: Core;
let till: TestEnrolment;
let journal: TestJournal;
let courier: TestEnrolment;
let coffee: ProductId;
let tea: ProductId;
let reader: ShopReader;

beforeEach(async () => {
  [shop, again] = [await openTestShop(), await openTestShop()];
  for (const each of [shop, again]) [coffee, tea] = [await each.addProduct('coffee'), await each.addProduct('tea')];
  restored = Object.create(again.core, { shopKey: { value: shop.core.shopKey } }) as Core;
  till = await shop.enrol();
  journal = createTestJournal(till);
  courier = await again.enrol('till', 'K5');
  reader = readShop(restored);
});
afterEach(async () => {
  await shop.close();
  await again.close();
});

/** Everything that the lost history's server journal held, as others have it. */
async function serverRows() {
  const devices = await shop.core.store.read((tx) => tx.devicesOfBranch('utama' as never));
  const server = devices.find(({ till: code }) => code === 'SERVER');
  if (!server) throw new Error('the server wrote nothing');
  const entries = await readShop(shop.core).entriesOf(server.deviceId);
  return { certificate: server.certificate, entries };
}

async function handInServerJournal(): Promise<string[]> {
  const { certificate, entries } = await serverRows();
  const { verdicts } = await pushJournal(restored, courier.stored, {
    entries: entries.map(({ json }) => JSON.parse(json) as unknown),
    signatures: entries.map(({ id, hash, signature }) => ({ id, hash, signature })),
    certificates: [certificate],
  });
  return verdicts.map(({ verdict }) => verdict);
}

const send = (rows: readonly unknown[], more = {}) =>
  pushRows(restored, { ...courier, sign: till.sign }, rows, { certificates: [till.certificate], ...more });
const findings = () => verifyDatabase(join(again.dataDir, 'laci.db'), { verify: again.deps.verify }).findings;

test('[ENT15] [PUSH9] a release of a lost history does not count what its device brought again before', async () => {
  const rows = Array.from({ length: 4 }, () => journal.sell(coffee, 1));
  const [one, two, three, four] = rows;
  await pushRows(shop.core, till, [one, four]);
  await closeGap(shop.core, till.device.deviceId, 99, 'lost');
  await pushRows(shop.core, till, [two, three]);
  await send(rows);
  expect(await reader.onHand(coffee)).toBe(-4);
  expect(await handInServerJournal()).toEqual(['accepted', 'accepted', 'accepted']);
  expect(await reader.onHand(coffee)).toBe(-4);
  await send(rows);
  expect(await handInServerJournal()).toEqual(['duplicate', 'duplicate', 'duplicate']);
  expect(await reader.onHand(coffee)).toBe(-4);
  expect(findings()).toEqual([]);
});

test('[F30] a gap that a lost history closed is closed here too, whichever comes first', async () => {
  const [one, , , four, five] = Array.from({ length: 5 }, () => journal.sell(coffee, 1));
  await pushRows(shop.core, till, [one, four, five], { oldestHeld: 4 });
  expect(await handInServerJournal()).toEqual(['accepted']);
  await send([one, four, five]);
  expect(await reader.onHand(coffee)).toBe(-3);
  expect(findings()).toEqual([]);
});

test('[F30] [I1] a closed gap passes over no entry that is here in spite of all', async () => {
  const [one, , three, four, five] = Array.from({ length: 5 }, (_, index) => journal.sell(coffee, 10 ** index));
  await pushRows(shop.core, till, [one, five], { oldestHeld: 5 });
  await send([one, three]);
  expect(await handInServerJournal()).toEqual(['accepted']);
  expect(await reader.onHand(coffee)).toBe(-101);
  await send([five, four]);
  expect(await reader.onHand(coffee)).toBe(-11101);
  expect(findings()).toEqual([]);
});

test('[I4] the author of a late entry whose release came first does not count it beside that', async () => {
  const [one, two, three] = [journal.sell(coffee, 1), journal.sell(tea, 5), journal.sell(coffee, 1)];
  await pushRows(shop.core, till, [one, three], { oldestHeld: 3 });
  await pushRows(shop.core, till, [two]);
  await send([one, three]);
  await handInServerJournal();
  await send([two]);
  expect(await reader.onHand(tea)).toBe(-5);
  expect((await reader.counter(till.device.deviceId, tea))?.seq).toBeGreaterThanOrEqual(two.seq);
  expect(findings()).toEqual([]);
});

test('[F30] [GATE2] a release of a large sale is handed in like any other, and counts', async () => {
  const [one, small, , last] = [1, 2, 3, 4].map((units) => journal.sell(coffee, units));
  const { body } = small as Extract<typeof small, { kind: 'sale' }>;
  const large = createTestJournal(till, { seq: 1, hash: one?.hash as never }).write('sale', {
    ...body,
    lines: Array.from({ length: 800 }, () => body.lines[0] as (typeof body.lines)[0]),
  });
  await pushRows(shop.core, till, [one, last], { oldestHeld: 4 });
  await pushRows(shop.core, till, [large]);
  expect(await handInServerJournal()).toEqual(['accepted', 'accepted']);
  expect(await reader.onHand(coffee)).toBe(-1600);
});

test('[PUSH1] rows at the last place of a chain hold back no other', async () => {
  const end = { seq: SEQ_MAX - 1, hash: '1'.repeat(64) } as never;
  const rows = [1, 2].map((units) => createTestJournal(till, end).receive(coffee, units));
  const { verdicts } = await pushRows(shop.core, till, [journal.sell(coffee, 1), ...rows]);
  expect(verdicts.map(({ verdict }) => verdict)).toEqual(['accepted', 'accepted', 'forked']);
});

import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ProductId } from '../../schema/ids.ts';
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts';
import { readShop } from '../testing/read-shop.ts';
import { createTestJournal, type TestJournal } from '../testing/test-device.ts';
import { pushRows } from '../testing/test-push.ts';
import { openTestShop, type TestEnrolment, type TestShop } from '../testing/test-shop.ts';
import type { Core } from './core.ts';
import { assembleCore } from './open-core.ts';
import { readStatus } from './status.ts';

let shop: TestShop;
let till: TestEnrolment;
let journal: TestJournal;
let coffee: ProductId;
let opened: Core[];

beforeEach(async () => {
  shop = await openTestShop();
  till = await shop.enrol();
  journal = createTestJournal(till);
  coffee = await shop.addProduct('coffee');
  opened = [];
});
afterEach(async () => {
  for (const { store } of opened) await store.close();
  await shop.close();
});

/** A copy of the database as it is now; opening it is the restore. */
function backUp(): () => Promise<Core> {
  const file = join(shop.dataDir, 'copy.db');
  const database = new Database(join(shop.dataDir, 'laci.db'));
  database.exec(`VACUUM INTO '${file}'`);
  database.close();
  return async () => {
    const core = await assembleCore({ ...shop.core, store: openSqliteStore(file, shop.deps) }, shop.deps);
    opened.push(core);
    return core;
  };
}

const lacking = async (core: Core, asking = till) =>
  (await readStatus(core, asking.stored, { checkpoints: {} })).lacking?.[till.device.deviceId];

test('[PUSH11] [STATUS4] what a closed gap left out is told until it comes', async () => {
  const [one, two, three, four] = Array.from({ length: 4 }, () => journal.sell(coffee, 1));
  expect((await readStatus(shop.core, till.stored, { checkpoints: {} })).lacking).toEqual({});
  await pushRows(shop.core, till, [one, four], { oldestHeld: 4 });
  expect(await lacking(shop.core)).toEqual([{ from: 2, to: 3 }]);
  await pushRows(shop.core, till, [three]);
  expect(await lacking(shop.core, await shop.enrol('manager', 'M1'))).toEqual([{ from: 2, to: 2 }]);
  await pushRows(shop.core, till, [two, three]);
  expect(await lacking(shop.core)).toBeUndefined();
});

test('[STATUS4] [F12] a server set back between the closing of a gap and what came late asks for it, and counts it once', async () => {
  const [one, two, three, four] = Array.from({ length: 4 }, () => journal.sell(coffee, 1));
  await pushRows(shop.core, till, [one, four], { oldestHeld: 4 });
  const restore = backUp();
  await pushRows(shop.core, till, [two, three]);
  const restored = await restore();
  expect(await lacking(restored)).toEqual([{ from: 2, to: 3 }]);
  await pushRows(restored, till, [two, three, four]);
  expect(await lacking(restored)).toBeUndefined();
  expect(await readShop(restored).onHand(coffee)).toBe(-4);
});

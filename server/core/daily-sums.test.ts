import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { branchScope, COMPANY_SCOPE, type ProductId } from '../../schema/ids.ts';
import { money } from '../../schema/money.ts';
import { quantity } from '../../schema/quantity.ts';
import { readSoldKey } from '../../schema/report/product-key.ts';
import { must } from '../../schema/result.ts';
import { BRANCH } from '../seed/shop.ts';
import { openBusyShop } from '../testing/busy-shop.ts';
import { createTestJournal } from '../testing/test-device.ts';
import { pushRows } from '../testing/test-push.ts';
import { OTHER_BRANCH, openTestShop, type TestShop } from '../testing/test-shop.ts';
import { verifyDatabase } from '../verify/verify-database.ts';
import { closeGap } from './close-gap.ts';
import { putCompanyDoc, readCompanyDoc } from './company-writer.ts';
import { countBehind, countedKey } from './count-behind.ts';
import { countDays, countedPercent, countRest, setDays } from './count-days.ts';
import { openCore } from './open-core.ts';
import { SUMS_AT_ONCE } from './read-daily-sums.ts';
import { readReport } from './read-report.ts';
import { COUNT_RULES_BEFORE, RULES_KEY } from './report-zone.ts';

let shop: TestShop;
beforeEach(async () => {
  shop = await openTestShop();
});
afterEach(() => shop.close());

const ALWAYS = { from: '2000-01-01', to: '2009-12-31' };
const rowsOf = (report: Awaited<ReturnType<typeof readReport>>) => (report.ok ? report.value.rows : []);
const wrongSums = (of: TestShop) =>
  verifyDatabase(join(of.dataDir, 'laci.db'), { verify: of.deps.verify }).findings.filter(
    ({ table }) => table === 'daily_sum',
  );
const everything = async (of: TestShop, branch = BRANCH) => {
  await countBehind(of.core, branch);
  return of.core.store.read(async (tx) => {
    const dimensions = ['hour', 'product', 'category', 'till', 'cashier', 'tender', 'tax', 'received'] as const;
    const span = { scope: branchScope(branch), from: '1970-01-01', to: '2999-12-31' };
    return Promise.all(dimensions.map((dimension) => tx.dailySumsAfter({ ...span, dimension }, null, 1_000)));
  });
};

/** The units of a product that a shop's reports say went out. */
async function unitsOf(product: ProductId): Promise<number> {
  const rows = (await everything(shop))[1] ?? [];
  const sold = rows.filter(({ key }) => readSoldKey(key).product === product);
  return sold.reduce((sum, { measures: { quantity: units = 0 } }) => sum + units, 0);
}

test('[REP7] an entry counts once: sent again, late behind a closed gap, released, or as a copy of its device', async () => {
  const coffee = await shop.addProduct('coffee');
  const device = await shop.enrol();
  const journal = createTestJournal(device);
  const first = journal.sell(coffee, 1);
  await pushRows(shop.core, device, [first]);
  await pushRows(shop.core, device, [first]);
  expect(await unitsOf(coffee)).toBe(1);
  const copy = createTestJournal(device, journal.head);
  const [missing, behind] = [journal.sell(coffee, 10), journal.sell(coffee, 100)];
  await pushRows(shop.core, device, [behind]);
  expect(await unitsOf(coffee)).toBe(1);
  await closeGap(shop.core, device.device.deviceId, 2, 'lost');
  expect(await unitsOf(coffee)).toBe(101);
  await pushRows(shop.core, device, [missing]);
  await pushRows(shop.core, device, [missing, behind]);
  expect(await unitsOf(coffee)).toBe(111);
  const other = copy.sell(coffee, 1_000);
  await pushRows(shop.core, device, [other]);
  await pushRows(shop.core, device, [other]);
  expect(await unitsOf(coffee)).toBe(1_111);
  await pushRows(shop.core, device, [{ ...journal.sell(coffee, 7), kind: 'unheard-of' }]);
  expect(await unitsOf(coffee)).toBe(1_111);
  expect(wrongSums(shop)).toEqual([]);
});

test('[REP7] an entry whose commit failed counts nothing, and each branch has sums of its own', async () => {
  const coffee = await shop.addProduct('coffee');
  const [here, there] = [await shop.enrol(), await shop.enrol('till', 'K1', OTHER_BRANCH)];
  await pushRows(shop.core, there, [createTestJournal(there).sell(coffee, 5)]);
  expect(await unitsOf(coffee)).toBe(0);
  const sale = createTestJournal(here).sell(coffee, 3);
  const work = shop.core.store.write([branchScope(BRANCH)], async (tx) => {
    await tx.addDailySums(branchScope(BRANCH), [
      { day: '2026-01-01', dimension: 'product', key: coffee, measures: { quantity: 1 } },
    ]);
    throw new Error('no');
  });
  await expect(work).rejects.toThrow('no');
  await pushRows(shop.core, here, [sale]);
  expect(await unitsOf(coffee)).toBe(3);
});

test('[REP8] [REP9] what an earlier version folded is counted at the start, also when it was cut short anywhere', async () => {
  const busy = await openBusyShop();
  const counted = [await everything(busy), await everything(busy, OTHER_BRANCH)];
  expect(counted.flat(2).length).toBeGreaterThan(20);
  expect(wrongSums(busy)).toEqual([]);
  await busy.core.store.close();
  let left = 0;
  const beforeWrite = () => {
    left -= 1;
    if (left === 0) throw new Error('the disk is gone');
  };
  // In another zone and back: each time everything is counted anew.
  for (const zone of ['Asia/Jayapura', 'Asia/Jakarta']) {
    for (let n = 1, done = false; !done; n += 3) {
      const core = await openCore(busy.dataDir, Object.assign({}, busy.deps, { beforeWrite }));
      left = n;
      done = await countDays(core, zone).then(
        () => true,
        () => false,
      );
      left = 0;
      await core.store.close();
    }
    expect(wrongSums(busy)).toEqual([]);
  }
  const core = await openCore(busy.dataDir, busy.deps);
  expect([await everything({ ...busy, core }), await everything({ ...busy, core }, OTHER_BRANCH)]).toEqual(counted);
  await core.store.close();
  await busy.close();
});

test('[REP23] what is folded is counted before it is read, once, wherever that is cut short', async () => {
  const coffee = await shop.addProduct('coffee');
  const device = await shop.enrol();
  const journal = createTestJournal(device);
  await pushRows(shop.core, device, [journal.sell(coffee, 1), journal.sell(coffee, 1)]);
  await shop.core.store.close();
  let left = 0;
  const beforeWrite = () => {
    left -= 1;
    if (left === 0) throw new Error('the disk is gone');
  };
  for (let n = 1, done = false; !done; n += 1) {
    const core = await openCore(shop.dataDir, Object.assign({}, shop.deps, { beforeWrite }));
    left = n;
    done = await countBehind(core, BRANCH).then(
      () => true,
      () => false,
    );
    left = 0;
    await core.store.close();
    expect(wrongSums(shop)).toEqual([]);
  }
  shop = { ...shop, core: await openCore(shop.dataDir, shop.deps) };
  expect(await unitsOf(coffee)).toBe(2);
  await pushRows(shop.core, device, [journal.sell(coffee, 5)]);
  const day = new Date(shop.deps.now() + 7 * 3_600_000).toISOString().slice(0, 10);
  const report = () => readReport(shop.core, device.stored, { by: 'product', from: day, to: day });
  expect(rowsOf(await report())).toMatchObject([{ key: 'coffee', quantity: 7 }]);
  expect(wrongSums(shop)).toEqual([]);
});

test('[REP23] what comes late, and what is pushed meanwhile, counts once however often it is counted between', async () => {
  const coffee = await shop.addProduct('coffee');
  const device = await shop.enrol();
  const journal = createTestJournal(device);
  const rows = Array.from({ length: 60 }, () => journal.sell(coffee, 1));
  await pushRows(shop.core, device, rows.slice(40));
  await closeGap(shop.core, device.device.deviceId, 40, 'lost');
  let over = false;
  const counting = (async () => {
    while (!over) {
      await countBehind(shop.core, BRANCH);
      await shop.deps.breathe();
    }
  })();
  for (let at = 0; at < 40; at += 10) await pushRows(shop.core, device, rows.slice(at, at + 10));
  await pushRows(shop.core, device, [journal.sell(coffee, 100)]);
  over = true;
  await counting;
  expect(await unitsOf(coffee)).toBe(160);
  expect(wrongSums(shop)).toEqual([]);
});

test('[REP23] what a version before counted with its pushes is not counted again', async () => {
  const coffee = await shop.addProduct('coffee');
  const device = await shop.enrol();
  const journal = createTestJournal(device);
  await pushRows(shop.core, device, [journal.sell(coffee, 2)]);
  expect(await unitsOf(coffee)).toBe(2);
  await shop.core.store.write([branchScope(BRANCH)], async (tx) => {
    await tx.setMeta(RULES_KEY, COUNT_RULES_BEFORE);
    await tx.setMeta(countedKey(device.device.deviceId), '0');
  });
  expect(wrongSums(shop)).toEqual([]);
  await countDays(shop.core, 'Asia/Jakarta');
  await pushRows(shop.core, device, [journal.sell(coffee, 3)]);
  expect(await unitsOf(coffee)).toBe(5);
  expect(wrongSums(shop)).toEqual([]);
});

test('[REP8] sums that were kept by other rules are counted anew', async () => {
  const coffee = await shop.addProduct('coffee');
  const device = await shop.enrol();
  await pushRows(shop.core, device, [createTestJournal(device).sell(coffee, 2)]);
  const counted = await everything(shop);
  await shop.core.store.write([branchScope(BRANCH)], async (tx) => {
    await tx.dropDailySums();
    await tx.setMeta(RULES_KEY, 'those of another version');
  });
  await countDays(shop.core, 'Asia/Jakarta');
  expect(await everything(shop)).toEqual(counted);
  await countDays(shop.core, 'Asia/Jakarta');
  expect(await everything(shop)).toEqual(counted);
});

test('[REP8] while all is counted anew the shop sells, every sum stays true, and it is told how far it is', async () => {
  const coffee = await shop.addProduct('coffee');
  const device = await shop.enrol();
  const journal = createTestJournal(device);
  const sell = async (count: number) => {
    const rows = Array.from({ length: count }, () => journal.sell(coffee, 1));
    for (let at = 0; at < count; at += 150) await pushRows(shop.core, device, rows.slice(at, at + 150));
  };
  await sell(450);
  await setDays(shop.core, 'Asia/Jayapura');
  expect([await countedPercent(shop.core), await unitsOf(coffee), wrongSums(shop)]).toEqual([0, 0, []]);
  let pages = 0;
  await countRest(shop.core, () => pages++ < 1);
  await sell(5);
  expect([await countedPercent(shop.core), await unitsOf(coffee), wrongSums(shop)]).toEqual([44, 205, []]);
  await Promise.all([countRest(shop.core), sell(7)]);
  expect([await countedPercent(shop.core), await unitsOf(coffee), wrongSums(shop)]).toEqual([100, 462, []]);
});

test('[REP9] a daily sum that says something else, one too many and one too few are named', async () => {
  const coffee = await shop.addProduct('coffee');
  const device = await shop.enrol();
  await pushRows(shop.core, device, [createTestJournal(device).sell(coffee, 2)]);
  await countBehind(shop.core, BRANCH);
  await shop.core.store.write([branchScope(BRANCH)], async (tx) => {
    const day = '2026-01-01';
    await tx.addDailySums(branchScope(BRANCH), [{ day, dimension: 'tax', key: 'ppn', measures: { tax: 5 } }]);
  });
  expect(wrongSums(shop)).toEqual([
    { table: 'daily_sum', id: 'utama tax 2026-01-01 ppn', what: 'tax: not what the entries add up to' },
  ]);
  await shop.core.store.write([branchScope(BRANCH)], (tx) => tx.dropDailySums());
  expect(wrongSums(shop)).toContainEqual({
    ...{ table: 'daily_sum', what: 'is missing' },
    id: expect.stringMatching(/^utama product .* coffee $/),
  });
});

test('[REP6] a report by product says what was paid for the goods until its last day', async () => {
  const coffee = await shop.addProduct('coffee');
  const device = await shop.enrol('manager', 'M1');
  const journal = createTestJournal(device);
  const buy = (units: number, unitCost: number, at: number) =>
    journal.write(
      'receive',
      { reference: 'x', lines: [{ productId: coffee, quantity: quantity(units), unitCost: money(unitCost) }] },
      at,
    );
  const day = (date: number) => Date.UTC(2005, 5, date, 3);
  const template = createTestJournal(device).sell(coffee, 4);
  if (template.kind !== 'sale') throw new Error('no sale');
  await pushRows(shop.core, device, [
    buy(10, 500, day(1)),
    journal.write('sale', template.body, day(2)),
    buy(30, 700, day(3)),
  ]);
  const costUntil = async (to: string) =>
    rowsOf(await readReport(shop.core, device.stored, { by: 'product', from: '2005-06-01', to }))[0]?.costOfSales;
  expect(await costUntil('2005-06-02')).toBe(2_000);
  expect(await costUntil('2005-06-30')).toBe(2_600);
  expect(rowsOf(await readReport(shop.core, device.stored, { by: 'day', ...ALWAYS }))).toEqual([
    { key: '2005-06-02', sales: 1, total: 4_000 },
  ]);
});

test('[REP6] [MOV2] [I9] a receipt that was taken back never cost anything, whenever that was said; another branch cannot take it back', async () => {
  const coffee = await shop.addProduct('coffee');
  const [device, there] = [await shop.enrol('manager', 'M1'), await shop.enrol('manager', 'M1', OTHER_BRANCH)];
  const journal = createTestJournal(device);
  const day = (date: number) => Date.UTC(2005, 5, date, 3);
  const buy = (unitCost: number, date: number) =>
    journal.write(
      'receive',
      { reference: 'x', lines: [{ productId: coffee, quantity: quantity(10), unitCost: money(unitCost) }] },
      day(date),
    );
  const template = journal.sell(coffee, 4);
  if (template.kind !== 'sale') throw new Error('no sale');
  const [right, wrong] = [buy(500, 1), buy(5_000, 1)];
  await pushRows(shop.core, device, [template, right, wrong, journal.write('sale', template.body, day(2))]);
  const cost = async () =>
    rowsOf(await readReport(shop.core, device.stored, { by: 'product', from: '2005-06-01', to: '2005-06-02' }))[0]
      ?.costOfSales;
  const takeBack = (undoes: typeof wrong.id, writer: typeof journal, date: number) =>
    writer.write(
      'adjust',
      { reason: 'typed wrongly', undoes, lines: [{ productId: coffee, delta: quantity(-10) }] },
      day(date),
    );
  expect(await cost()).toBe(11_000);
  await pushRows(shop.core, there, [takeBack(wrong.id, createTestJournal(there), 3)]);
  expect(await cost()).toBe(11_000);
  await pushRows(shop.core, device, [takeBack(wrong.id, journal, 9)]);
  expect(await cost()).toBe(2_000);
  await pushRows(shop.core, device, [takeBack(wrong.id, journal, 9)]);
  expect(await cost()).toBe(2_000);
  await pushRows(shop.core, device, [takeBack(right.id, journal, 9)]);
  expect(await cost()).toBeUndefined();
  expect(wrongSums(shop)).toEqual([]);
});

test('[REP18] a year of many products is read in slices of a bound number of rows, with a turn for others between two', async () => {
  const device = await shop.enrol('manager', 'M1');
  const days = ['2005-01-01', '2005-02-01', '2005-03-01'];
  const products = Array.from({ length: 2 * SUMS_AT_ONCE }, (_, place) => `p${String(place).padStart(5, '0')} Lain`);
  await shop.core.store.write([branchScope(BRANCH)], async (tx) => {
    for (const day of days) {
      const rows = products.map((key) => ({ day, key, dimension: 'productMonth' as const, measures: { total: 2 } }));
      await tx.addDailySums(branchScope(BRANCH), rows);
    }
  });
  const [read, turns] = [[] as number[], vi.spyOn(shop.deps, 'after')];
  const store = { ...shop.core.store };
  vi.spyOn(shop.core.store, 'read').mockImplementation((work) =>
    store.read((tx) =>
      work({
        ...tx,
        dailySumsAfter: async (...asked) => {
          const page = await tx.dailySumsAfter(...asked);
          read.push(page.length);
          return page;
        },
      }),
    ),
  );
  const rows = rowsOf(
    await readReport(shop.core, device.stored, { by: 'product', from: '2005-01-01', to: '2005-03-31' }),
  );
  expect([rows.length, rows[0]]).toEqual([products.length, { key: 'p00000', total: 6, uncosted: 6 }]);
  expect(Math.max(...read)).toBe(SUMS_AT_ONCE);
  expect(read.reduce((sum, count) => sum + count, 0)).toBe(days.length * products.length);
  expect(turns.mock.calls.length).toBe(read.filter((count) => count === SUMS_AT_ONCE).length);
  vi.restoreAllMocks();
});

test('[REP17] [REP25] branches are compared where the shop lets its managers read all reports, and else another’s are refused', async () => {
  const coffee = await shop.addProduct('coffee');
  const [here, there] = [await shop.enrol('manager', 'M1'), await shop.enrol('manager', 'M1', OTHER_BRANCH)];
  await pushRows(shop.core, here, [createTestJournal(here).sell(coffee, 2)]);
  await pushRows(shop.core, there, [createTestJournal(there).sell(coffee, 5)]);
  const ask = (by: 'branch' | 'product' | 'till', more: object = {}) =>
    readReport(shop.core, here.stored, { by, from: dayOfTest(), to: dayOfTest(), ...more });
  const dayOfTest = () => new Date(shop.deps.now() + 7 * 3_600_000).toISOString().slice(0, 10);
  expect(rowsOf(await ask('branch')).map(({ key }) => key)).toEqual([BRANCH]);
  expect(await ask('product', { branch: OTHER_BRANCH })).toEqual({ ok: false, error: 'not-allowed' });
  await shop.core.store.write([COMPANY_SCOPE], async (tx) => {
    const settings = must(await readCompanyDoc(tx, 'settings', 'settings'), 'the settings');
    await putCompanyDoc(tx, 1, { ...settings, reportsOfAll: true });
  });
  expect(rowsOf(await ask('branch'))).toMatchObject([
    { key: BRANCH, total: 2_000, sales: 1 },
    { key: OTHER_BRANCH, total: 5_000, sales: 1 },
  ]);
  expect(rowsOf(await ask('product', { branch: OTHER_BRANCH }))).toMatchObject([{ key: 'coffee', quantity: 5 }]);
  expect(rowsOf(await ask('till', { branch: OTHER_BRANCH }))).toMatchObject([{ key: 'M1', total: 5_000 }]);
  expect(rowsOf(await ask('till'))).toMatchObject([{ key: here.device.deviceId, total: 2_000 }]);
  expect(await ask('product', { branch: 'mars' })).toEqual({ ok: false, error: 'not-allowed' });
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { money } from '../../schema/money.ts';
import type { ReportBy } from '../../schema/report/report.ts';
import { must } from '../../schema/result.ts';
import type { Device } from './device.ts';
import type { DeviceDeps } from './device-deps.ts';
import { enrolDevice } from './enrol-device.ts';
import { createNodeDeps } from './node-device.ts';
import { inStep, sellOne } from './node-sale.ts';
import { type NodeShop, startNodeShop } from './node-shop.ts';
import { openDevice } from './open-device.ts';
import type { Report } from './reports.ts';
import { when } from './when.ts';

/** A till and a manager of one real shop; one device is open at a time. */
let shop: NodeShop;
let open: Device | null = null;
let connected = true;
const deps: Record<string, DeviceDeps> = {};

async function at(name: string): Promise<Device> {
  await open?.close();
  open = await openDevice(must(deps[name], name));
  return open;
}

beforeAll(async () => {
  shop = await startNodeShop(5);
  for (const name of ['K1', 'M1']) {
    const made = createNodeDeps(name, shop.origin, {
      fetch: (url, init) => (connected ? fetch(url, init) : Promise.reject(new Error('cut'))),
    });
    deps[name] = made;
    expect(await enrolDevice(made, { serverAddress: '', code: shop.code(name) })).toMatchObject({ ok: true });
    const device = await at(name);
    await when(device.sync.status, ({ ready }) => ready);
    await device.company.choosePerson(must(device.company.people.get()[0], 'a person').person);
  }
});
afterAll(async () => {
  await open?.close();
  await shop.close();
});

async function report(device: Device, by: ReportBy, days = 0): Promise<Report> {
  const to = device.reports.today();
  const from = new Date(Date.parse(to) - days * 86_400_000).toISOString().slice(0, 10);
  const answer = await device.reports.report(by, { from, to });
  return must(answer.ok ? answer.value : null, `a report by ${by}`);
}

const BREAKDOWNS: readonly ReportBy[] = [
  'day',
  'hour',
  'product',
  'category',
  'till',
  'cashier',
  'tender',
  'tax',
  'drawer',
];

test('[REP12] without the server a manager’s device counts what it holds by the same rules, and says so', async () => {
  const till = await at('K1');
  const opened = await till.shift.open(money(100_000));
  expect(opened.ok).toBe(true);
  for (let units = 1; units <= 3; units += 1) await sellOne(till, String(1000 + units), units);
  await till.shift.cashOut({ amount: money(5_000), reason: 'parkir' });
  await till.shift.close({ countedCash: money(101_000) });
  await inStep(till);
  const manager = await at('M1');
  await inStep(manager);
  await sellOne(manager, '1002', 4);
  await inStep(manager);
  const told = await Promise.all(BREAKDOWNS.map((by) => report(manager, by, 2)));
  expect(told.map(({ source }) => source.kind)).toEqual(BREAKDOWNS.map(() => 'server'));
  expect(told[0]?.rows).toMatchObject([{ sales: 4, closes: 1 }]);
  connected = false;
  await sellOne(manager, '1003', 5);
  const held = await Promise.all(BREAKDOWNS.map((by) => report(manager, by, 2)));
  expect(held[0]?.source).toMatchObject({ kind: 'device', asOf: expect.any(Number) });
  expect(held[0]?.rows[0]?.sales).toBe(5);
  connected = true;
  await inStep(manager);
  const again = await Promise.all(BREAKDOWNS.map((by) => report(manager, by, 2)));
  // What goods cost, and of which that is not known, the server alone says.
  const figures = again.map(({ rows }) => rows.map(({ uncosted: _uncosted, ...row }) => row));
  expect(held.map(({ rows }) => rows)).toEqual(figures);
  expect(await manager.reports.report('branch', { from: '2026-02-02', to: '2026-02-02' })).toMatchObject({ ok: true });
  connected = false;
  expect(await manager.reports.report('branch', { from: '2026-02-02', to: '2026-02-02' })).toEqual({
    ok: false,
    error: 'elsewhere',
  });
  connected = true;
});

test('[REP20] a product over a year is the server’s, with what waits here; without the server what is held, and said so', async () => {
  const manager = await at('M1');
  await inStep(manager);
  const { id } = must(manager.catalogue.byBarcode('1002'), 'a product');
  const ends = async (days: number) => {
    const { levels, source } = await manager.movements.history(id, days);
    return [source, levels[0]?.onHand, levels.at(-1)?.onHand];
  };
  const onHand = () => manager.stock.onHand(id);
  const begun = (await ends(7))[1];
  expect(await ends(365)).toEqual(['server', begun, onHand()]);
  expect(await ends(3_650)).toEqual(['server', begun, onHand()]);
  connected = false;
  await sellOne(manager, '1002', 2);
  expect(await ends(365)).toEqual(['device', begun, onHand()]);
  connected = true;
  expect((await ends(7))[0]).toBe('device');
});

test('[REP8] how much a server that counts anew has counted is said beside its figures', async () => {
  const manager = await at('M1');
  await inStep(manager);
  expect((await report(manager, 'day')).source).toEqual({ kind: 'server', counted: 100 });
});

test('[REP12] of a span wider than what is held the days from which it counts are said; one without sense is refused', async () => {
  connected = false;
  const manager = await at('M1');
  const wide = await report(manager, 'month', 1_000);
  expect(wide.source).toMatchObject({ kind: 'device' });
  expect(wide.source.kind === 'device' && wide.source.since > wide.from).toBe(true);
  expect(await manager.reports.report('day', { from: '2026-02-02', to: '2026-02-01' })).toEqual({
    ok: false,
    error: 'bad-span',
  });
  expect(await manager.reports.report('day', { from: '2016-02-02', to: '2026-02-01' })).toEqual({
    ok: false,
    error: 'bad-span',
  });
  connected = true;
});

test('[REP13] a Z report of another till is proven by its device’s signature, and a changed one is found', async () => {
  const manager = await at('M1');
  const [z] = await manager.shift.reports(10);
  const other = must(z, 'a Z report');
  expect(other.till).toBe('K1');
  expect(await manager.reports.checkSignature(other)).toBe('holds');
  const body = { ...other.entry.body, countedCash: money(1) };
  expect(await manager.reports.checkSignature({ ...other, entry: { ...other.entry, body } })).toBe('broken');
  const till = await at('K1');
  expect(await till.reports.checkSignature(must((await till.shift.reports(1))[0], 'its own'))).toBe('holds');
});

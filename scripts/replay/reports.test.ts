import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BodyOf, DeviceEntry } from '../../schema/entry/entry.ts';
import type { Tender } from '../../schema/entry/payment.ts';
import { type CartId, type PersonId, type ProductId, productIdShape } from '../../schema/ids.ts';
import { money } from '../../schema/money.ts';
import { type ReportAnswer, reportAnswerShape } from '../../schema/protocol/report.ts';
import { quantity } from '../../schema/quantity.ts';
import { buildReceipt } from '../../schema/receipt.ts';
import { createTestJournal } from '../../server/testing/test-device.ts';
import { startTestServer, type TestServer } from '../../server/testing/test-http.ts';
import { pushRows } from '../../server/testing/test-push.ts';
import { OTHER_BRANCH, openTestShop, type TestEnrolment, type TestShop } from '../../server/testing/test-shop.ts';
import { readOnlineRetail } from './read-online-retail.ts';
import type { SalesRow } from './sales-file.ts';

const SAMPLE = fileURLToPath(new URL('fixtures/online-retail-sample.csv', import.meta.url));
const PPN = { id: 'ppn11', name: 'PPN', rate: { num: 11, den: 100 }, inclusive: true };
const RULES = { currency: { code: 'GBP', digits: 2 }, rounding: 'half-up', taxes: [PPN] } as const;
/** The first invoice; each other one comes a day and a bit later, so that they spread over months and hours. */
const BEGIN_MS = Date.UTC(2011, 0, 30, 16, 30);
const STEP_MS = 105_111_000;
const TENDERS: readonly Tender[] = ['cash', 'card', 'qris'];

let shop: TestShop;
let server: TestServer;
let manager: TestEnrolment;
let cashier: TestEnrolment;
let entries: DeviceEntry[];

beforeAll(async () => {
  shop = await openTestShop();
  server = await startTestServer(shop);
  manager = await shop.enrol('manager', 'M1');
  const tills = [await shop.enrol('till', 'K1'), await shop.enrol('till', 'K2')] as const;
  cashier = tills[0];
  const invoices = Map.groupBy(readOnlineRetail(readFileSync(SAMPLE, 'utf8')).rows, ({ invoice }) => invoice);
  const journals = tills.map((till) => createTestJournal(till));
  entries = [...invoices.values()].flatMap((rows, index) => {
    const write = journals[index % 2]?.write;
    return write ? writeInvoice(write, rows, index) : [];
  });
  received = receiveGoods();
  await pushRows(shop.core, manager, received);
  entries.push(...workTills(journals));
  for (const till of tills) {
    const own = entries.filter(({ deviceId }) => deviceId === till.device.deviceId);
    // The second till was away, and hands in last what it sold first.
    for (let at = 0; at < own.length; at += 150) await pushRows(shop.core, till, own.slice(at, at + 150));
  }
});
afterAll(async () => {
  await server.close();
  await shop.close();
});

/** Lines of one receipt of goods. */
const BOUGHT_MAX = 100;
let received: DeviceEntry[];

/** Every other product comes in twice, at two costs; of the rest nobody enters one. */
function receiveGoods(): DeviceEntry[] {
  const { write } = createTestJournal(manager);
  const sold = entries.flatMap((entry) => (entry.kind === 'sale' ? entry.body.lines : []));
  const ids = [...new Set(sold.map(({ productId }) => productId as ProductId))].sort();
  const bought = ids
    .flatMap((productId, index) => (index % 2 === 0 ? [{ productId, index }] : []))
    .slice(0, BOUGHT_MAX);
  const buy = (at: number, costOf: (index: number) => number) => {
    const lines = bought.map(({ productId, index }) => ({
      productId,
      quantity: quantity(7),
      unitCost: money(costOf(index)),
    }));
    return write('receive', { reference: '', lines }, at);
  };
  return [buy(BEGIN_MS, (index) => 31 + index), buy(BEGIN_MS + 20 * STEP_MS, (index) => 47 + 2 * index)];
}

/** Lines that cashiers take out of carts, and drawers that are counted short and over. */
function workTills(journals: readonly ReturnType<typeof createTestJournal>[]): DeviceEntry[] {
  return journals.flatMap(({ write }, index) =>
    [3, 4, 25].flatMap((step) => {
      const at = BEGIN_MS + step * STEP_MS;
      const voided = {
        action: 'void-line',
        approver: 'budi' as PersonId,
        reason: '',
        amount: money(100 * step + index),
      };
      const figures = { zNo: step, sales: 0, refunds: 0, taxes: [], tenders: [], categories: [] };
      const drawer = {
        perpetualTotal: money(0),
        expectedCash: money(1_000),
        countedCash: money(1_000 - step * 7 + index * 90),
      };
      const shift = `shift-${index}-${step}` as BodyOf<'shift-close'>['shift'];
      return [write('approval', voided, at), write('shift-close', { shift, ...figures, ...drawer }, at)];
    }),
  );
}

type Write = ReturnType<typeof createTestJournal>['write'];

/** What was sold, and what of it came back, as entries of one till. */
function writeInvoice(write: Write, rows: readonly SalesRow[], index: number): DeviceEntry[] {
  const at = BEGIN_MS + index * STEP_MS;
  const priced = rows.filter(({ price }) => price >= 0);
  return ([1, -1] as const).flatMap((sign) => {
    const lines = priced.filter((row) => Math.sign(row.quantity) === sign);
    if (lines.length === 0) return [];
    const body = bodyOf(lines, index * 2 + (sign === 1 ? 0 : 1));
    if (sign === 1) return [write('sale', body, at)];
    return [write('refund', { ...body, reason: 'retur' } as BodyOf<'refund'>, at)];
  });
}

function bodyOf(rows: readonly SalesRow[], receiptNo: number): BodyOf<'sale'> {
  const lines = rows.map((row, at) => ({
    ...{ productId: idOf(row.code), name: row.description || row.code, quantity: quantity(Math.abs(row.quantity)) },
    ...{ unitScale: 1, unitPrice: money(row.price), category: row.code.slice(0, 2) },
    ...(at % 3 === 0 ? {} : { taxId: PPN.id }),
    ...(at % 5 === 0 ? { discount: { type: 'percent', basisPoints: 500 } as const } : {}),
  }));
  const receipt = buildReceipt({ cartId: `invoice-${receiptNo}` as CartId, lines }, RULES, {
    ...{ till: 'K1' as never, generation: 1, receiptNo: receiptNo + 1 },
  });
  const tender = TENDERS[receiptNo % TENDERS.length] ?? 'cash';
  return { ...receipt, payments: [{ tender, amount: receipt.totals.due, confirmed: true }] };
}

function idOf(code: string): ProductId {
  return productIdShape.parse(`u-${code.replace(/[^0-9A-Za-z]/g, '_')}`.slice(0, 32));
}

async function ask(by: string, from: string, to: string, device = manager) {
  return server.ask(`/api/v1/reports/sales?by=${by}&from=${from}&to=${to}`, { credential: device.credential });
}

async function report(by: string, from: string, to: string, more = ''): Promise<ReportAnswer['rows']> {
  return reportAnswerShape.parse((await ask(by, from, `${to}${more}`)).json).rows;
}

/** One figure per key by other means: over the entries as they are, within the days of Jakarta. */
function plain(
  from: string,
  to: string,
  keysOf: (entry: DeviceEntry, line: Line) => string,
  figure: (line: Line) => number,
) {
  const sums: Record<string, number> = {};
  for (const entry of entries) {
    const day = dayOf(entry);
    if (day < from || day > to || (entry.kind !== 'sale' && entry.kind !== 'refund')) continue;
    for (const line of entry.body.lines) {
      const key = keysOf(entry, line);
      sums[key] = (sums[key] ?? 0) + (entry.kind === 'sale' ? 1 : -1) * figure(line);
    }
  }
  return sums;
}
type Line = BodyOf<'sale'>['lines'][number];

const local = (entry: DeviceEntry) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Jakarta', dateStyle: 'short', timeStyle: 'short' }).format(
    entry.at,
  );
const dayOf = (entry: DeviceEntry) => local(entry).slice(0, 10);
/** A till that sold nothing, and only voided a line, has a row all the same. */
const sold = (figures: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.entries(figures).filter(([, figure]) => figure !== 0));
type Figure = Exclude<keyof ReportAnswer['rows'][number], 'key'>;
const column = (rows: ReportAnswer['rows'], name: Figure) =>
  Object.fromEntries(rows.map((row) => [row.key, row[name] ?? 0]));

const KEYS: Readonly<Record<string, (entry: DeviceEntry, line: Line) => string>> = {
  day: dayOf,
  month: (entry) => dayOf(entry).slice(0, 7),
  hour: (entry) => local(entry).slice(11, 13),
  product: (_, line) => line.productId ?? '',
  category: (_, line) => line.category ?? '',
  till: ({ deviceId }) => deviceId,
  cashier: ({ person }) => person as PersonId,
  tax: (_, line) => line.taxId ?? 'none',
};

test('[REP11] every figure of real sales, by whatever they are broken down, is what the entries add up to by other means', async () => {
  const months = new Set(entries.map((entry) => dayOf(entry).slice(0, 7)));
  expect([entries.length > 30, months.size > 1, entries.some(({ kind }) => kind === 'refund')]).toEqual([
    true,
    true,
    true,
  ]);
  for (const [from, to] of [
    ['2011-01-31', '2011-02-28'],
    ['2011-02-03', '2011-02-03'],
    ['2010-12-01', '2011-12-31'],
  ] as const) {
    for (const [by, keysOf] of Object.entries(KEYS)) {
      const rows = await report(by, from, to);
      expect([by, sold(column(rows, 'total'))]).toEqual([by, sold(plain(from, to, keysOf, ({ total }) => total))]);
      expect([by, sold(column(rows, 'tax'))]).toEqual([by, sold(plain(from, to, keysOf, ({ tax = 0 }) => tax))]);
      expect([by, sold(column(rows, 'discounts'))]).toEqual([
        ...[by, sold(plain(from, to, keysOf, (line) => line.discountTotal ?? 0))],
      ]);
    }
    const units = plain(from, to, KEYS.product as never, (line) => line.quantity);
    expect(column(await report('product', from, to), 'quantity')).toEqual(units);
    const paid: Record<string, number> = {};
    for (const entry of entries) {
      if (dayOf(entry) < from || dayOf(entry) > to || (entry.kind !== 'sale' && entry.kind !== 'refund')) continue;
      for (const { tender, amount } of entry.body.payments) {
        paid[tender] = (paid[tender] ?? 0) + (entry.kind === 'sale' ? amount : -amount);
      }
    }
    expect(column(await report('tender', from, to), 'total')).toEqual(paid);
  }
});

/** What goods cost by other means: every line's units by key and product, at the average paid until the last day, rounded once for each. */
function plainCosts(from: string, to: string, keysOf: (entry: DeviceEntry, line: Line) => string) {
  const bought = new Map<string, { units: number; paid: number }>();
  for (const { body, at } of received as Extract<DeviceEntry, { kind: 'receive' }>[]) {
    if (dayOf({ at } as DeviceEntry) > to) continue;
    for (const { productId, quantity: units, unitCost = 0 } of body.lines) {
      const held = bought.get(productId) ?? { units: 0, paid: 0 };
      bought.set(productId, { units: held.units + units, paid: held.paid + units * unitCost });
    }
  }
  const pair = (entry: DeviceEntry, line: Line) => `${keysOf(entry, line)}|${line.productId}`;
  const units = plain(from, to, pair, ({ quantity: count }) => count);
  const nets = plain(from, to, pair, ({ total, tax = 0 }) => total - tax);
  const [costs, without]: [Record<string, number>, Record<string, number>] = [{}, {}];
  for (const [name, count] of Object.entries(units)) {
    const [key = '', product = ''] = name.split('|');
    const known = bought.get(product);
    if (known) costs[key] = (costs[key] ?? 0) + Math.round((known.paid * count) / known.units);
    else if (nets[name]) without[key] = (without[key] ?? 0) + (nets[name] ?? 0);
  }
  return { costs, without };
}

test('[REP11] [REP16] costs by product, category, day, month, till, cashier and branch are what lines and purchases give by other means', async () => {
  const given = (rows: ReportAnswer['rows'], name: Figure) =>
    Object.fromEntries(rows.flatMap((row) => (row[name] === undefined ? [] : [[row.key, row[name]]])));
  const kinds: typeof KEYS = { ...KEYS, branch: () => 'utama' };
  for (const [from, to] of [
    ['2011-01-31', '2011-02-28'],
    ['2011-02-20', '2011-03-20'],
  ] as const) {
    for (const by of ['product', 'category', 'day', 'month', 'till', 'cashier', 'branch'] as const) {
      const rows = await report(by, from, to, '&costs=1');
      const { costs, without } = plainCosts(from, to, kinds[by] ?? dayOf);
      expect([by, Object.keys(costs).length > 0]).toEqual([by, true]);
      expect([by, given(rows, 'costOfSales')]).toEqual([by, costs]);
      expect([by, given(rows, 'uncosted')]).toEqual([by, without]);
    }
    for (const by of ['hour', 'tax', 'tender'])
      expect(given(await report(by, from, to, '&costs=1'), 'costOfSales')).toEqual({});
  }
  expect(given(await report('day', '2011-01-01', '2011-12-31', '&costs=1'), 'costOfSales')).toEqual({});
});

test('[REP11] returns, voids and cash differences by till, cashier, day and branch are what the entries say by other means', async () => {
  const [from, to] = ['2011-01-30', '2011-12-31'];
  const acts: Readonly<Partial<Record<Figure, (entry: DeviceEntry) => number>>> = {
    returned: ({ kind, body }) => (kind === 'refund' ? body.lines.reduce((sum, { total }) => sum + total, 0) : 0),
    voids: ({ kind }) => Number(kind === 'approval'),
    voided: ({ kind, body }) => (kind === 'approval' ? (body.amount ?? 0) : 0),
    closes: ({ kind }) => Number(kind === 'shift-close'),
    difference: ({ kind, body }) => (kind === 'shift-close' ? body.countedCash - body.expectedCash : 0),
  };
  const keys = { till: KEYS.till, cashier: KEYS.cashier, day: KEYS.day, branch: () => 'utama' };
  for (const [by, keyOf] of Object.entries(keys)) {
    const rows = await report(by, from, to);
    for (const [name, figure] of Object.entries(acts)) {
      const sums: Record<string, number> = {};
      for (const entry of entries) {
        const key = keyOf?.(entry, {} as Line) ?? '';
        if (dayOf(entry) >= from) sums[key] = (sums[key] ?? 0) + figure(entry);
      }
      expect([by, name, column(rows, name as Figure)]).toEqual([by, name, sums]);
    }
  }
});

test('[REP10] only a device that may edit is answered, of its own branch, and a span without sense or too wide is refused', async () => {
  expect((await ask('day', '2011-02-01', '2011-02-28', cashier)).status).toBe(403);
  const there = await shop.enrol('manager', 'M1', OTHER_BRANCH);
  expect((await ask('day', '2011-01-01', '2011-12-31', there)).json).toMatchObject({ rows: [] });
  const codeOf = async (by: string, from: string, to: string) =>
    ((await ask(by, from, to)).json as { error?: { code: string } }).error?.code;
  expect(await codeOf('day', '2001-01-01', '2010-12-31')).toBe('bad-span');
  expect(await codeOf('product', '2011-02-02', '2011-02-01')).toBe('bad-span');
  expect(await codeOf('month', '1901-01-01', '2011-12-31')).toBe('bad-span');
  expect(await codeOf('day', '2011-02-30', '2011-03-01')).toBe('bad-request');
  expect(await codeOf('colour', '2011-02-01', '2011-03-01')).toBe('bad-request');
  expect((await report('month', '2002-01-01', '2011-12-31')).length).toBeGreaterThan(0);
  expect((await server.ask('/api/v1/reports/sales', { credential: manager.credential, body: {} })).status).toBe(405);
});

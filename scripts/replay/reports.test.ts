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

async function report(by: string, from: string, to: string): Promise<ReportAnswer['rows']> {
  return reportAnswerShape.parse((await ask(by, from, to)).json).rows;
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
const column = (rows: ReportAnswer['rows'], name: 'total' | 'tax' | 'discounts' | 'quantity') =>
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
      expect([by, column(rows, 'total')]).toEqual([by, plain(from, to, keysOf, ({ total }) => total)]);
      expect([by, column(rows, 'tax')]).toEqual([by, plain(from, to, keysOf, ({ tax = 0 }) => tax)]);
      expect([by, column(rows, 'discounts')]).toEqual([by, plain(from, to, keysOf, (line) => line.discountTotal ?? 0)]);
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

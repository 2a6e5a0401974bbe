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
import { totalOf } from '../../schema/report/report.ts';
import { spanBefore } from '../../schema/report/report-day.ts';
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
      return [
        write('approval', voided, at),
        write('cash-in', { amount: money(500 + step), reason: 'kembalian' }, at),
        write('cash-out', { amount: money(90 * step), reason: 'parkir' }, at),
        ...correctTender(write, at, step),
        write('shift-close', { shift, ...figures, ...drawer }, at),
      ];
    }),
  );
}

/** Cash that turns out to have been a card, and store credit that somebody pays back. */
function correctTender(write: Write, at: number, step: number): DeviceEntry[] {
  const sale = entries[0]?.id as DeviceEntry['id'];
  const corrected = { sale, payment: 0, from: 'cash', to: 'card', amount: money(10 * step) } as const;
  const payment = { tender: 'qris', amount: money(7 * step), confirmed: true } as const;
  const paid = { customer: 'siti' as BodyOf<'credit-payment'>['customer'], name: 'Siti', payment };
  return [write('tender-correction', corrected, at), write('credit-payment', paid, at)];
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
    expect(sold(column(await report('tender', from, to), 'total'))).toEqual(sold(plainTenders(from, to)));
  }
});

/** Money by tender by other means: what was paid, what was corrected, and what was owed and is paid. */
function plainTenders(from: string, to: string): Record<string, number> {
  const paid: Record<string, number> = {};
  const plus = (tender: string, amount: number) => {
    paid[tender] = (paid[tender] ?? 0) + amount;
  };
  for (const entry of entries.filter((one) => dayOf(one) >= from && dayOf(one) <= to)) {
    const { kind, body } = entry;
    if (kind === 'sale' || kind === 'refund')
      for (const { tender, amount } of body.payments) plus(tender, kind === 'sale' ? amount : -amount);
    if (kind === 'tender-correction')
      for (const sign of [1, -1]) plus(sign === 1 ? body.to : body.from, sign * body.amount);
    if (kind === 'credit-payment')
      for (const sign of [1, -1]) plus(sign === 1 ? body.payment.tender : 'credit', sign * body.payment.amount);
  }
  return paid;
}

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

/** Over the entries of the days of a span, one figure by a key each. */
function plainActs(from: string, to: string, count: (entry: DeviceEntry) => readonly [key: string, figure: number][]) {
  const sums: Record<string, number> = {};
  for (const entry of entries.filter((one) => dayOf(one) >= from && dayOf(one) <= to)) {
    for (const [key, figure] of count(entry)) sums[key] = (sums[key] ?? 0) + figure;
  }
  return sold(sums);
}

test('[REP11] what went in and out of drawers, and how many receipts, refunds and units came back, are what the entries say by other means', async () => {
  for (const [from, to] of [
    ['2011-01-31', '2011-02-28'],
    ['2011-02-03', '2011-02-03'],
  ] as const) {
    const drawer = plainActs(from, to, ({ kind, body }) => {
      if (kind === 'cash-in' || kind === 'cash-out') return [[kind, body.amount]];
      return kind === 'credit-payment' ? [['credit-paid', body.payment.amount]] : [];
    });
    expect(Object.keys(drawer)).toHaveLength(3);
    expect(sold(column(await report('drawer', from, to), 'total'))).toEqual(drawer);
    const receipts = (wanted: string, keyOf: (entry: DeviceEntry) => string) =>
      plainActs(from, to, (entry) => (entry.kind === wanted ? [[keyOf(entry), 1]] : []));
    for (const by of ['hour', 'till', 'cashier'] as const) {
      const [rows, keyOf] = [await report(by, from, to), KEYS[by] as (entry: DeviceEntry) => string];
      expect([by, sold(column(rows, 'sales'))]).toEqual([by, receipts('sale', keyOf)]);
      expect([by, sold(column(rows, 'refunds'))]).toEqual([by, receipts('refund', keyOf)]);
    }
    const back = plainActs(from, to, ({ kind, body }) =>
      kind === 'refund' ? body.lines.map(({ productId, quantity: units }) => [productId as string, units]) : [],
    );
    expect(sold(column(await report('product', from, to), 'returnedQuantity'))).toEqual(back);
  }
});

test('[REP11] two periods beside each other are each what its own entries add up to, and both together what the whole is', async () => {
  const whole = { from: '2011-02-01', to: '2011-02-20' };
  const [first, second] = [
    spanBefore({ from: '2011-02-11', to: '2011-02-20' }),
    { from: '2011-02-11', to: '2011-02-20' },
  ];
  const total = async ({ from, to }: typeof whole) => totalOf(await report('day', from, to)).total ?? 0;
  const plainTotal = ({ from, to }: typeof whole) =>
    Object.values(
      plain(
        from,
        to,
        () => '',
        (line) => line.total,
      ),
    ).reduce((sum, figure) => sum + figure, 0);
  expect(first).toEqual({ from: '2011-02-01', to: '2011-02-10' });
  expect([await total(first), await total(second)]).toEqual([plainTotal(first), plainTotal(second)]);
  expect(await total(whole)).toBe(plainTotal(first) + plainTotal(second));
});

test('[REP20] what changed a product’s stock, by day and by month, is what the entries say by other means, of the own branch alone', async () => {
  const ask = async (product: string, by: string, from: string, to: string, device = manager) =>
    server.ask(`/api/v1/reports/stock?product=${product}&by=${by}&from=${from}&to=${to}`, {
      credential: device.credential,
    });
  const bought = (received[0] as Extract<DeviceEntry, { kind: 'receive' }>).body.lines[0]?.productId as string;
  const often = Object.entries(plain('2011-01-01', '2011-12-31', KEYS.product as never, () => 1)).sort(
    ([, left], [, right]) => right - left,
  );
  for (const product of [bought, often[0]?.[0] as string]) {
    for (const [by, from, to] of [
      ['day', '2011-01-01', '2011-12-31'],
      ['month', '2009-01-01', '2011-12-31'],
      ['month', '2011-01-31', '2011-02-28'],
    ] as const) {
      const moved: Record<string, number> = {};
      for (const entry of [...entries, ...received]) {
        if (dayOf(entry) < from || dayOf(entry) > to || !('lines' in entry.body)) continue;
        for (const line of entry.body.lines as readonly Line[]) {
          const key = KEYS[by]?.(entry, line) ?? '';
          const units = line.productId === product ? line.quantity : 0;
          moved[key] = (moved[key] ?? 0) + (entry.kind === 'sale' ? -units : units);
        }
      }
      const rows = reportAnswerShape.parse((await ask(product, by, from, to)).json).rows;
      expect([product, by, from, column(rows, 'quantity')]).toEqual([product, by, from, sold(moved)]);
    }
  }
  const there = await shop.enrol('manager', 'M2', OTHER_BRANCH);
  expect((await ask(bought, 'day', '2011-01-01', '2011-12-31', there)).json).toMatchObject({ rows: [] });
  expect((await ask(bought, 'day', '2011-01-01', '2011-12-31', cashier)).status).toBe(403);
  for (const [product, by, from, status] of [
    ['', 'day', '2011-01-01', 400],
    [bought, 'hour', '2011-01-01', 400],
    [bought, 'day', '1999-01-01', 400],
  ] as const)
    expect([product, by, (await ask(product, by, from, '2011-12-31')).status]).toEqual([product, by, status]);
  const counting = (device: TestEnrolment) => server.ask('/api/v1/reports/counting', { credential: device.credential });
  expect([(await counting(manager)).json, (await counting(cashier)).status]).toEqual([100, 403]);
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

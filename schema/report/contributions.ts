import type { BodyOf, DeviceEntry, Entry } from '../entry/entry.ts';
import type { Payment } from '../entry/payment.ts';
import type { Refund, Sale, SaleLine } from '../entry/sale.ts';
import type { BranchId } from '../ids.ts';
import { isAccount } from '../stock/account.ts';
import { goodsMoved } from '../stock/effect.ts';
import { isShare } from '../stock/share.ts';
import { NO_TAX } from '../tax.ts';
import { addFigures, type GrowingMeasures, growMeasures, type Measures, multiplyFigures } from './measures.ts';
import { productKey, sellerKey, soldKey, transferKey } from './product-key.ts';
import { firstOfMonth, reportHour, type ZoneMinutes } from './report-day.ts';

/**
 * By what a report is broken down. The keys: the hour `00` to `23`; a product with its unit scale; a category; the device; the person; a
 * tender; a tax. `received` is what goods cost that came in, by product; `drawer` money in and out of drawers that is no sale. `productMonth` is
 * `product` by whole months, under their first days: a shop sells thousands of products a day, and a year of those is too much to read. `seller` is
 * which products each till and cashier sold, for what their sales cost. `moved` is what came in or went without being sold, by product;
 * `transferred` what came from another branch, and below 0 what was sent there, by product and that branch; `undone` which movements were taken
 * back, by their entries.
 */
export const DIMENSIONS = [
  'hour',
  'product',
  'category',
  'till',
  'cashier',
  'tender',
  'tax',
  'received',
  'drawer',
  'productMonth',
  'seller',
  'moved',
  'transferred',
  'undone',
] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** Raised with every change of what an entry contributes: sums that were kept by other rules are counted anew. */
export const REPORT_RULES = 4;

/** What one entry adds to one row of a branch's daily sums. */
export interface Contribution {
  readonly day: string;
  readonly dimension: Dimension;
  readonly key: string;
  readonly measures: Measures;
}

type Add = (dimension: Dimension, key: string, measures: Measures) => void;

/** Takes what an entry adds to one row of a branch's daily sums; the same row may come several times. */
export type AddToDay = (row: Pick<Contribution, 'day' | 'dimension' | 'key'>, measures: Measures) => void;

/**
 * Tells `add` everything that one entry adds to reports; nothing for kinds that are in none. It belongs to the day and hour of its
 * device's clock, whenever it arrives. Receipts count line by line, refunds the other way round; a corrected tender and store credit paid
 * back move money between tenders on their own day. What an entry claims is added up as it is: checking is for flags.
 */
export function contribute(entry: Entry, zone: ZoneMinutes, add: AddToDay): void {
  const { day, hour } = reportHour(entry.at, zone);
  const month = firstOfMonth(day);
  const addToday: Add = (dimension, key, measures) => {
    add({ day, dimension, key }, measures);
    if (dimension === 'product') add({ day: month, dimension: 'productMonth', key }, measures);
  };
  const addWhole = (measures: Measures): void => {
    addToday('hour', hour, measures);
    addToday('till', entry.deviceId, measures);
    addToday('cashier', entry.person, measures);
  };
  addEntry(entry as DeviceEntry, addToday, addWhole);
  addMoved(entry as DeviceEntry, addToday);
}

/** The same as one contribution per row. */
export function contributionsOf(entry: Entry, zone: ZoneMinutes): Contribution[] {
  const rows = new Map<string, Contribution & { readonly measures: GrowingMeasures }>();
  contribute(entry, zone, (row, measures) => {
    const name = `${row.dimension} ${row.key}`;
    const held = rows.get(name);
    if (held) growMeasures(held.measures, measures);
    else rows.set(name, { ...row, measures: { ...measures } });
  });
  return [...rows.values()];
}

function addEntry(entry: DeviceEntry, add: Add, addWhole: (measures: Measures) => void): void {
  switch (entry.kind) {
    case 'sale':
    case 'refund':
      addReceipt(entry, add, addWhole);
      break;
    case 'receive':
      addReceived(entry.body, add);
      break;
    case 'adjust':
      if (entry.body.undoes) add('undone', entry.body.undoes, { quantity: 1 });
      break;
    case 'tender-correction':
      add('tender', entry.body.from, { total: -entry.body.amount });
      add('tender', entry.body.to, { total: entry.body.amount });
      break;
    case 'credit-payment':
      addPaidBack(entry.body.payment, add);
      break;
    case 'cash-in':
    case 'cash-out':
      add('drawer', entry.kind, { total: entry.body.amount });
      break;
    case 'approval':
      if (entry.body.action === 'void-line') addWhole({ voids: 1, voided: entry.body.amount ?? 0 });
      break;
    case 'shift-close':
      addWhole({ closes: 1, difference: addFigures(entry.body.countedCash, -entry.body.expectedCash) });
      break;
  }
}

function addReceipt(receipt: Sale | Refund, add: Add, addWhole: (measures: Measures) => void): void {
  const sign = receipt.kind === 'sale' ? 1 : -1;
  const once = { [sign === 1 ? 'sales' : 'refunds']: 1 } as Measures;
  const seen = new Set<string>();
  const addLine = (dimension: Dimension, key: string, measures: Measures): void => {
    const name = `${dimension} ${key}`;
    add(dimension, key, seen.has(name) ? measures : { ...measures, ...once });
    seen.add(name);
  };
  const whole: GrowingMeasures = { ...once, rounding: sign * receipt.body.totals.rounding };
  for (const line of receipt.body.lines) {
    const measures = lineMeasures(line, sign);
    const { quantity } = line;
    growMeasures(whole, measures);
    addLine('category', line.category ?? '', measures);
    addLine('tax', line.taxId ?? NO_TAX.id, measures);
    const units = { quantity: sign * quantity, ...(sign === 1 ? {} : { returnedQuantity: quantity }) };
    const product = productKey(line.productId, line.unitScale);
    addLine('product', soldKey(product, line.category), { ...measures, ...units });
    const { deviceId, person } = receipt;
    add('seller', sellerKey(deviceId, person, product), soldMeasures(measures, sign * quantity));
  }
  addWhole(whole);
  for (const { tender, amount } of receipt.body.payments) {
    addLine('tender', tender, { total: sign * amount, ...(sign === 1 ? {} : { returned: amount }) });
  }
}

function lineMeasures(line: SaleLine, sign: 1 | -1): Measures {
  const discounts = addFigures(line.discountTotal ?? 0, line.saleDiscount ?? 0);
  return {
    total: sign * line.total,
    ...(sign === 1 ? {} : { returned: line.total }),
    ...(line.tax ? { tax: sign * line.tax } : {}),
    ...(discounts ? { discounts: sign * discounts } : {}),
    ...(line.promotion?.amount ? { promotions: sign * line.promotion.amount } : {}),
  };
}

/** What a margin follows from. */
function soldMeasures({ total, tax }: Measures, quantity: number): Measures {
  return { quantity, total, ...(tax ? { tax } : {}) };
}

/** Goods without a cost say nothing of what goods cost. */
function addReceived({ lines }: BodyOf<'receive'>, add: Add): void {
  for (const { productId, quantity, unitCost } of lines) {
    if (unitCost === undefined) continue;
    add('received', productId, { quantity, cost: multiplyFigures(unitCost, quantity) });
  }
}

/** A sale's units stand under its products. What goes from branch to branch is noted at both ends, for what it cost. */
function addMoved(entry: DeviceEntry, add: Add): void {
  if (entry.kind === 'sale' || entry.kind === 'refund') return;
  for (const { productId, delta } of goodsMoved(entry)) {
    // Which no goods have: such a line moves nothing.
    if (isAccount(productId) || isShare(productId)) continue;
    add('moved', productId, { quantity: delta });
    const other = otherBranch(entry);
    if (other) add('transferred', transferKey(productId, other), { quantity: delta });
  }
}

function otherBranch({ kind, body }: DeviceEntry): BranchId | null {
  if (kind === 'transfer-in') return body.fromBranch;
  return kind === 'transfer-out' ? body.toBranch : null;
}

/** What was sold on credit stands under that tender until it is paid. */
function addPaidBack({ tender, amount }: Payment, add: Add): void {
  add('tender', 'credit', { total: -amount });
  add('tender', tender, { total: amount });
  add('drawer', 'credit-paid', { total: amount });
}

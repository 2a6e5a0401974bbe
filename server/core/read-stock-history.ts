import { branchScope, type ProductId } from '../../schema/ids.ts';
import type { ReportAnswer, ReportRequest } from '../../schema/protocol/report.ts';
import type { Dimension } from '../../schema/report/contributions.ts';
import { addFigures } from '../../schema/report/measures.ts';
import { addDays, daysIn, firstOfMonth } from '../../schema/report/report-day.ts';
import type { DailySumPlace, ReadTx, StoredDevice } from '../store/store.ts';
import type { Core } from './core.ts';
import { countBehind } from './count-behind.ts';
import { reportZoneName } from './report-zone.ts';

/** By `day` or `month`; the days are the shop's own. */
export type StockHistoryWish = Pick<ReportRequest, 'from' | 'to'> & {
  readonly product: ProductId;
  readonly by: 'day' | 'month';
};

/** Days looked up in one breath: a few milliseconds, then sales have their turn. */
const DAYS_AT_ONCE = 100;

/**
 * What a product's stock in a device's branch changed by, from daily sums alone: looked up by its key day after day, however much else was sold. Sales
 * by the month come from the sums of months. An answer in the shape of a report: `quantity` is what came in less what went out, in smallest units.
 */
export async function readStockHistory(
  core: Core,
  { branch }: Pick<StoredDevice, 'branch'>,
  { product, by, from, to }: StockHistoryWish,
): Promise<ReportAnswer> {
  const scope = branchScope(branch);
  await countBehind(core, branch);
  const keyOf = (day: string) => (by === 'day' ? day : day.slice(0, 7));
  const sums = new Map<string, number>();
  const look = async (tx: ReadTx, dimension: Dimension, day: string, sign: 1 | -1) => {
    for (const begin of beginsOf(dimension, product)) {
      for (const { key, measures } of await tx.dailySumsOf(scope, { dimension, day }, begin)) {
        if (dimension === 'moved' && key !== product) continue;
        const units = sign * (measures.quantity ?? 0);
        sums.set(keyOf(day), addFigures(sums.get(keyOf(day)) ?? 0, units));
      }
    }
  };
  const days = Array.from({ length: daysIn({ from, to }) }, (_, index) => addDays(from, index));
  for (let at = 0; at < days.length; at += DAYS_AT_ONCE) {
    await core.store.read(async (tx) => {
      for (const day of days.slice(at, at + DAYS_AT_ONCE)) {
        await look(tx, 'moved', day, 1);
        if (by === 'day') await look(tx, 'product', day, -1);
        else if (day === firstOfMonth(day)) await look(tx, 'productMonth', day, -1);
      }
    });
    await new Promise<void>((resolve) => core.deps.after(0, resolve));
  }
  const rows = [...sums].map(([key, quantity]) => ({ key, quantity })).filter(({ quantity }) => quantity !== 0);
  return { by, from, to, zone: await core.store.read(reportZoneName), rows: rows.sort(byKey) };
}

/** Sums of what was sold stand under the product with its category, and with its scale where that is not 1. */
function beginsOf(dimension: DailySumPlace['dimension'], product: ProductId): readonly string[] {
  return dimension === 'moved' ? [product] : [`${product} `, `${product}/`];
}

function byKey(left: { readonly key: string }, right: { readonly key: string }): number {
  return left.key < right.key ? -1 : 1;
}

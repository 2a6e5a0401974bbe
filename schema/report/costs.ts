import { divideRounded } from '../money.ts';
import type { Bought } from './bought.ts';
import type { Contribution } from './contributions.ts';
import { addFigures, figureOf } from './measures.ts';
import { readProductKey, readSellerKey, readSoldKey } from './product-key.ts';
import type { ReportBy, ReportRow } from './report.ts';

/** Reports by day, till and cashier say what goods cost for at most two months: beyond that there are too many products to go through. */
export const COSTED_DAYS_MAX = 62;

/** What a report's costs are made of: daily sums of one dimension, and the line and product that each belongs to. */
export interface CostRule {
  readonly dimension: 'product' | 'seller';
  readonly days: 'any' | 'few';
  readonly of: (row: Pick<Contribution, 'day' | 'key'>) => { readonly group: string; readonly product: string };
}

/** By what goods' costs are known: of an hour, a tender or a tax nobody can say them. */
export const COST_RULES: Readonly<Partial<Record<ReportBy, CostRule>>> = {
  product: ofProducts('any', ({ product }) => product),
  category: ofProducts('any', ({ category }) => category),
  month: ofProducts('any', (_, day) => day.slice(0, 7)),
  branch: ofProducts('any', () => ''),
  day: ofProducts('few', (_, day) => day),
  till: ofSellers(({ till }) => till),
  cashier: ofSellers(({ cashier }) => cashier),
};

function ofProducts(
  days: CostRule['days'],
  groupOf: (sold: ReturnType<typeof readSoldKey>, day: string) => string,
): CostRule {
  const of: CostRule['of'] = ({ day, key }) => {
    const sold = readSoldKey(key);
    return { group: groupOf(sold, day), product: sold.product };
  };
  return { dimension: 'product', days, of };
}

function ofSellers(groupOf: (sold: ReturnType<typeof readSellerKey>) => string): CostRule {
  const of: CostRule['of'] = ({ key }) => {
    const sold = readSellerKey(key);
    return { group: groupOf(sold), product: sold.product };
  };
  return { dimension: 'seller', days: 'few', of };
}

interface Sold {
  quantity: number;
  net: number;
}

/** What was sold of each product in each line of a report, added up row by row. */
export function createSoldBook({ of }: CostRule) {
  const groups = new Map<string, Map<string, Sold>>();
  return {
    add: (row: Contribution): void => {
      const { group, product } = of(row);
      const products = groups.get(group) ?? new Map<string, Sold>();
      if (products.size === 0) groups.set(group, products);
      const sold = products.get(product) ?? { quantity: 0, net: 0 };
      if (!products.has(product)) products.set(product, sold);
      const { quantity = 0, total = 0, tax = 0 } = row.measures;
      sold.quantity = addFigures(sold.quantity, quantity);
      sold.net = addFigures(sold.net, addFigures(total, -tax));
    },
    /** The rows with what their goods cost. */
    withCosts: (rows: readonly ReportRow[], bought: Bought): ReportRow[] =>
      rows.map((row) => ({ ...row, ...costsOf(groups.get(row.key) ?? new Map(), bought) })),
  };
}

/** A line's products, each rounded by itself; what nobody entered a cost for is told apart. */
function costsOf(sold: ReadonlyMap<string, Sold>, bought: Bought): Pick<ReportRow, 'costOfSales' | 'uncosted'> {
  let costOfSales: number | undefined;
  let uncosted = 0;
  for (const [product, { quantity, net }] of sold) {
    const cost = costOf(product, quantity, bought);
    if (cost === undefined) uncosted = addFigures(uncosted, net);
    else costOfSales = addFigures(costOfSales ?? 0, cost);
  }
  return { ...(costOfSales === undefined ? {} : { costOfSales }), ...(uncosted === 0 ? {} : { uncosted }) };
}

/**
 * Units sold less units returned, at the average of all that was paid for the product until the last day of the report. Undefined for a product of
 * which no cost was entered until then, and for open items.
 */
export function costOf(product: string, quantity: number, bought: Bought): number | undefined {
  const { productId, unitScale } = readProductKey(product);
  const paid = productId === undefined ? undefined : bought.get(productId);
  if (!paid || paid.quantity <= 0) return undefined;
  const cost = BigInt(paid.cost) * BigInt(quantity);
  return figureOf(divideRounded(cost, BigInt(paid.quantity) * BigInt(unitScale), 'half-up'));
}

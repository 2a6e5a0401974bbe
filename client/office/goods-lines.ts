import type { BodyOf } from '../../schema/entry/entry.ts';
import type { ProductId } from '../../schema/ids.ts';
import type { Money } from '../../schema/money.ts';
import type { Product } from '../../schema/product.ts';
import type { ReceiptRules } from '../../schema/receipt.ts';
import { fail, ok, type Result } from '../../schema/result.ts';
import { marginBasisPoints } from '../../schema/stock/cost.ts';
import { findLinesFault, type TransferFault } from '../../schema/stock/transfer-fault.ts';
import { splitTax } from '../../schema/tax.ts';
import type { MovedGoods } from '../device/transfers.ts';
import type { MoveLine } from '../till/move-list.ts';

/** A product on a list of goods, with what one cost, as typed; '' where nobody knows. */
export interface GoodsLine extends MoveLine {
  readonly cost: string;
}

export type GoodsFault = TransferFault | { readonly code: 'bad-cost'; readonly product: ProductId };

/** What a list moves; a line without a number is one of 0, which is refused by name. */
export function goodsOf(lines: readonly MoveLine[]): Result<readonly MovedGoods[], GoodsFault> {
  const goods = lines.map(({ product, amount }) => ({ productId: product.id, quantity: amount ?? 0 }));
  const fault = findLinesFault(goods);
  return fault ? fail(fault) : ok(goods);
}

/** The same of what arrived, with the cost of each. */
export function receivedOf(
  lines: readonly GoodsLine[],
  parseMoney: (typed: string) => Money | null,
): Result<BodyOf<'receive'>['lines'], GoodsFault> {
  const goods = goodsOf(lines);
  if (!goods.ok) return goods;
  const received: (MovedGoods & { readonly unitCost?: Money })[] = [];
  for (const [index, line] of lines.entries()) {
    const cost = costOf(line, parseMoney);
    if (cost === 'bad') return fail({ code: 'bad-cost', product: line.product.id });
    received.push({ ...(goods.value[index] as MovedGoods), ...(cost === null ? {} : { unitCost: cost }) });
  }
  return ok(received as BodyOf<'receive'>['lines']);
}

/** What one costs, null where nothing is typed; `bad` where that is no amount. */
export function costOf({ cost }: GoodsLine, parseMoney: (typed: string) => Money | null): Money | null | 'bad' {
  if (cost.trim() === '') return null;
  const amount = parseMoney(cost);
  return amount === null || amount < 0 ? 'bad' : amount;
}

/** What one brings without its tax, as reports count it. */
export function netPrice(
  { price, taxId }: Pick<Product, 'price' | 'taxId'>,
  rules: Pick<ReceiptRules, 'taxes' | 'rounding'> | undefined,
): Money {
  const tax = rules?.taxes.find(({ id }) => id === taxId);
  return tax && rules ? splitTax(price, tax, rules.rounding).net : price;
}

/** Margin on what one brings without its tax, and whether it sells below cost; null where the cost is not known. */
export function marginOf(net: Money, cost: number | null | 'bad') {
  if (cost === null || cost === 'bad') return null;
  return { basisPoints: marginBasisPoints(net, cost), isBelowCost: cost > net };
}

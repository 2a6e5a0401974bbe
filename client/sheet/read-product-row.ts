import type { Currency, Money } from '../../schema/money.ts';
import { barcodeShape, type ProductFields, productFieldsShape } from '../../schema/product.ts';
import { readPrice } from '../../schema/read-price.ts';
import { fail, ok, type Result } from '../../schema/result.ts';
import { NO_TAX } from '../../schema/tax.ts';
import { branchOf, isPriceColumn, type PriceColumn, type ProductColumn } from './product-columns.ts';

export interface RowRules {
  readonly currency: Currency;
  readonly taxes: readonly { readonly id: string; readonly name: string }[];
}

export type Row = Readonly<Partial<Record<ProductColumn | PriceColumn, string>>>;

/** Takes a branch's own price away: an empty cell says nothing. */
const NO_PRICE = /^[-–—]$/;

/** Why a row, or a whole file, is left out; the words are `goods.import.fault.…`. */
export type RowFault =
  | 'quoting'
  | 'cells'
  | 'name'
  | 'price'
  | 'no-price'
  | 'barcode'
  | 'shortened'
  | 'category'
  | 'unit'
  | 'tax'
  | 'sku'
  | 'reorder'
  | 'active'
  | 'unknown-id'
  | 'same-name'
  | 'twice'
  | 'barcode-taken';
export interface BadCell {
  readonly fault: RowFault;
  /** What stands in the way: the cell as it was read, or the line or product that has it. */
  readonly value: string;
}

type Fields = Omit<Partial<ProductFields>, 'branchPrices'>;

/** What one row says: fields, and prices of branches; null takes one away. */
export interface RowWish {
  readonly fields: Fields;
  readonly prices: Readonly<Record<string, Money | null>>;
}

/** What one row says of a product. An empty cell says nothing. */
export function readProductRow(row: Row, rules: RowRules): Result<RowWish, BadCell> {
  const fields: { -readonly [Name in keyof Fields]: Fields[Name] } = {};
  const prices: Record<string, Money | null> = {};
  for (const [column, text = ''] of Object.entries(row)) {
    if (column === 'id' || text === '') continue;
    const read = isPriceColumn(column)
      ? readBranchPrice(text, rules)
      : READERS[column as Exclude<ProductColumn, 'id'>](text, rules);
    if (!read.ok) return fail({ fault: read.error, value: text.slice(0, 40) });
    if (isPriceColumn(column)) prices[branchOf(column)] = read.value as Money | null;
    else Object.assign(fields, { [column]: read.value });
  }
  return ok({ fields, prices });
}

function readBranchPrice(text: string, rules: RowRules): Result<unknown, RowFault> {
  return NO_PRICE.test(text) ? ok(null) : READERS.price(text, rules);
}

/** A cell as text. The apostrophe before what a spreadsheet would take for a formula is no part of it. */
export function cellText(cell: string): string {
  return cell
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .replace(/^'(?=[=+\-@])/, '');
}

/** How people write rupiah around a number: `Rp 9.000`, `9.000,-`. */
const RUPIAH = /^(?:rp\.?|idr)\s*|,-$/gi;

/** A tax by its id, or by the only name that says so: ids of taxes made here can be read by nobody. */
function taxNamed(text: string, taxes: RowRules['taxes']): string | undefined {
  if (taxes.some(({ id }) => id === text)) return text;
  const named = taxes.filter(({ name }) => name.toLowerCase() === text.toLowerCase());
  return named.length === 1 ? named[0]?.id : undefined;
}

type Reader = (text: string, rules: RowRules) => Result<unknown, RowFault>;

const { shape } = productFieldsShape;
const within = (of: { safeParse(value: unknown): { success: boolean } }, value: unknown, fault: RowFault) =>
  of.safeParse(value).success ? ok(value) : fail(fault);

const READERS: Readonly<Record<Exclude<ProductColumn, 'id'>, Reader>> = {
  name: (text) => within(shape.name, text, 'name'),
  price: (text, { currency }) => {
    const price = readPrice(text.replace(RUPIAH, ''), currency.digits);
    return price.ok ? price : fail('price');
  },
  barcodes: (text) => {
    if (/^\d([.,]\d+)?E\+?\d+$/i.test(text)) return fail('shortened');
    const codes = [...new Set(text.split(/[\s,;|]+/).filter(Boolean))];
    return codes.every((code) => barcodeShape.safeParse(code).success)
      ? within(shape.barcodes, codes, 'barcode')
      : fail('barcode');
  },
  category: (text) => within(shape.category, text, 'category'),
  unitScale: (text) => within(shape.unitScale, Number(text), 'unit'),
  taxId: (text, { taxes }) => {
    const id = text === NO_TAX.id ? text : taxNamed(text, taxes);
    return id === undefined ? fail('tax') : ok(id);
  },
  sku: (text) => within(shape.sku, text, 'sku'),
  reorderLevel: (text) => within(shape.reorderLevel, Number(text), 'reorder'),
  active: (text) => {
    const isYes = /^(1|true|yes|ya|x)$/i.test(text);
    return isYes || /^(0|false|no|tidak)$/i.test(text) ? ok(isYes) : fail('active');
  },
};

import type { BranchId } from '../../schema/ids.ts';
import type { Currency } from '../../schema/money.ts';
import type { Product } from '../../schema/product.ts';
import { exactDecimal } from '../ui/format-money.ts';
import { COLUMN_NAMES, PRODUCT_COLUMNS, type ProductColumn } from './product-columns.ts';

/** Headers, then a row per product: what an import reads again. Each branch that has prices of its own is a column. */
export function productTable(
  products: readonly Product[],
  currency: Currency,
  branches: readonly string[],
): string[][] {
  const priced = [...new Set([...branches, ...products.flatMap(({ branchPrices = {} }) => Object.keys(branchPrices))])];
  const header = [
    ...COLUMN_NAMES.map((name) => PRODUCT_COLUMNS[name][0]),
    ...priced.map((branch) => `price:${branch}`),
  ];
  const rows = products.map((product) => [
    ...COLUMN_NAMES.map((name) => cellOf(product, name, currency)),
    ...priced.map((branch) => priceCell(product, branch as BranchId, currency)),
  ]);
  return [header, ...rows];
}

function priceCell({ branchPrices }: Product, branch: BranchId, { digits }: Currency): string {
  const price = branchPrices?.[branch];
  return price === undefined ? '' : exactDecimal(price, digits);
}

function cellOf(product: Product, column: ProductColumn, { digits }: Currency): string {
  if (column === 'price') return exactDecimal(product.price, digits);
  const value = product[column];
  if (Array.isArray(value)) return value.join(' ');
  return value === undefined ? '' : String(value);
}

/** What a spreadsheet would run as a formula. */
const FORMULA = /^[=+\-@\t\r]/;
/** Tells spreadsheets that the text is UTF-8. */
const MARK = '\ufeff';

/** A table as CSV (RFC 4180); text that a spreadsheet would run gets an apostrophe, which an import takes off again. */
export function csvText(table: readonly (readonly string[])[]): string {
  return `${MARK}${table.map((cells) => cells.map(csvCell).join(',')).join('\r\n')}\r\n`;
}

function csvCell(cell: string): string {
  const safe = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

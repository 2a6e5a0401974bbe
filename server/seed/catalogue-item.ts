import type { Currency, Money } from '../../schema/money.ts';
import { barcodeShape, productFieldsShape } from '../../schema/product.ts';
import { quantityShape, unitScaleShape } from '../../schema/quantity.ts';
import { readPrice } from '../../schema/read-price.ts';
import { fail, ok, type Result } from '../../schema/result.ts';

/** One good row of a catalogue. What the file has no column for is undefined. */
export interface CatalogueItem {
  readonly barcode: string | undefined;
  readonly name: string;
  readonly price: Money | undefined;
  readonly category: string | undefined;
  /** Opening quantity in smallest units. */
  readonly stock: number | undefined;
  readonly unitScale: number | undefined;
  readonly taxId: string | undefined;
}

/** The columns of a catalogue, and the headers they go by. */
export const COLUMNS = {
  barcode: ['barcode', 'code', 'sku', 'ean', 'gtin', 'kode'],
  name: ['name', 'nama', 'product', 'description', 'produk'],
  price: ['price', 'harga', 'unit_price'],
  category: ['category', 'kategori'],
  stock: ['stock', 'stok', 'quantity', 'qty'],
  unitScale: ['unit_scale', 'unitscale'],
  tax: ['tax', 'tax_id', 'pajak'],
} as const;
export type Column = keyof typeof COLUMNS;
export type Row = Readonly<Partial<Record<Column, string>>>;

export interface ItemRules {
  readonly currency: Currency;
  readonly taxIds: ReadonlySet<string>;
}

/** Reads one row; the reason names what a person must correct. */
export function readItem(row: Row, rules: ItemRules): Result<CatalogueItem, string> {
  const name = readName(row.name ?? '');
  if (!name.ok) return name;
  const barcode = readBarcode(row.barcode ?? '');
  if (!barcode.ok) return barcode;
  const price = row.price === undefined ? ok(undefined) : readPrice(row.price, rules.currency.digits);
  if (!price.ok) return price;
  const unitScale = readUnitScale(row.unitScale);
  if (!unitScale.ok) return unitScale;
  const stock = readStock(row.stock, unitScale.value ?? 1);
  if (!stock.ok) return stock;
  const category = row.category?.trim();
  if (!productFieldsShape.shape.category.safeParse(category ?? '').success) return fail('category is too long');
  const taxId = row.tax?.trim();
  if (taxId && !rules.taxIds.has(taxId)) return fail(`unknown tax "${taxId}"`);
  return ok({
    ...{ name: name.value, barcode: barcode.value, price: price.value, stock: stock.value },
    ...{ unitScale: unitScale.value, category: category || undefined, taxId: taxId || undefined },
  });
}

function readName(text: string): Result<string, string> {
  // A line break or tab inside a name would break receipts.
  const name = text.replace(/[\p{Cc}\s]+/gu, ' ').trim();
  if (name === '') return fail('empty name');
  return productFieldsShape.shape.name.safeParse(name).success ? ok(name) : fail('name is too long');
}

function readBarcode(text: string): Result<string | undefined, string> {
  const barcode = text.trim();
  if (barcode === '') return ok(undefined);
  if (/^\d([.,]\d+)?E\+?\d+$/i.test(barcode)) return fail(`a spreadsheet shortened the barcode "${barcode}"`);
  return barcodeShape.safeParse(barcode).success ? ok(barcode) : fail(`bad barcode "${barcode.slice(0, 40)}"`);
}

function readUnitScale(text: string | undefined): Result<number | undefined, string> {
  if (text === undefined || text.trim() === '') return ok(undefined);
  const scale = unitScaleShape.safeParse(Number(text));
  return scale.success ? ok(scale.data) : fail(`bad unit_scale "${text.slice(0, 40)}"`);
}

function readStock(text: string | undefined, unitScale: number): Result<number | undefined, string> {
  if (text === undefined || text.trim() === '') return ok(undefined);
  const units = /^\d{1,10}([.,]\d{1,6})?$/.test(text.trim())
    ? Number(text.trim().replace(',', '.')) * unitScale
    : Number.NaN;
  const rounded = Math.round(units);
  // Decimal fractions are not exact in binary: what rounds by less than this is what was meant.
  const isWhole = Math.abs(units - rounded) < 1e-6;
  return isWhole && quantityShape.safeParse(rounded).success ? ok(rounded) : fail(`bad stock "${text.slice(0, 40)}"`);
}

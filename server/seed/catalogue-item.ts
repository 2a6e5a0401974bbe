import { type Currency, type Money, ZERO } from '../../schema/money.ts';
import { barcodeShape, productFieldsShape } from '../../schema/product.ts';
import { quantityShape, unitScaleShape } from '../../schema/quantity.ts';
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

/** No price is above this many minor units: a barcode in the price column is more. */
const PRICE_MAX = 1_000_000_000_000;

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

/**
 * A price as an amount in minor units, e.g. "2.55" with two digits is 255. Thousands may be grouped where that is not mistaken for a
 * decimal point: "12.500" is twelve thousand five hundred rupiah, and no price in pounds.
 */
export function readPrice(text: string, digits: number): Result<Money, string> {
  const bad = fail(`bad price "${text.trim().slice(0, 40)}"`);
  const plain = ungroup(text.trim(), digits);
  const match = /^(\d{1,15})(?:[.,](\d+))?$/.exec(plain);
  if (!match) return bad;
  const [, whole = '', fraction = ''] = match;
  const [kept, dropped] = [fraction.slice(0, digits).padEnd(digits, '0'), fraction.slice(digits)];
  if (/[^0]/.test(dropped)) return bad;
  const amount = Number(whole + kept);
  return amount <= PRICE_MAX ? ok((amount + ZERO) as Money) : bad;
}

function ungroup(text: string, digits: number): string {
  if (digits === 0 && /^\d{1,3}([.,]\d{3})+$/.test(text)) return text.replace(/[.,]/g, '');
  if (/^\d{1,3}(,\d{3})+\.\d+$/.test(text)) return text.replaceAll(',', '');
  if (/^\d{1,3}(\.\d{3})+,\d+$/.test(text)) return text.replaceAll('.', '');
  return text;
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

/** A product of the small catalogue that browser tests sell. */
export interface CatalogueRow {
  readonly name: string;
  readonly barcode: string;
  readonly price: number;
  readonly category: string;
  readonly stock: number;
  readonly unitScale: number;
}

const CATEGORIES = ['Beverages', 'Noodles', 'Snacks', 'Soap', 'Spices'];
const PLAIN_PRODUCTS = 296;

/** The 13 digits of a GTIN with its check digit. */
function gtin(number: number): string {
  const digits = `899${String(number).padStart(9, '0')}`;
  const sum = [...digits].reduce((all, digit, index) => all + Number(digit) * (index % 2 === 0 ? 1 : 3), 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

/** About 300 products; a few have names of their own, so that a test finds them by name. */
export const CATALOGUE: readonly CatalogueRow[] = [
  { name: 'Kopi Tubruk', barcode: gtin(900_001), price: 12_500, category: 'Beverages', stock: 40, unitScale: 1 },
  { name: 'Teh Melati', barcode: gtin(900_002), price: 8_000, category: 'Beverages', stock: 30, unitScale: 1 },
  { name: 'Sabun Mandi', barcode: gtin(900_003), price: 4_500, category: 'Soap', stock: 0, unitScale: 1 },
  { name: 'Beras Pandan', barcode: gtin(900_004), price: 14_000, category: 'Spices', stock: 50, unitScale: 1000 },
  ...Array.from({ length: PLAIN_PRODUCTS }, (_, index) => ({
    name: `Produk ${String(index + 1).padStart(3, '0')}`,
    barcode: gtin(index + 1),
    price: 1_000 + (index % 40) * 500,
    category: CATEGORIES[index % CATEGORIES.length] ?? '',
    stock: 20,
    unitScale: 1,
  })),
];

/** The catalogue as the CSV that a shop would import. */
export function catalogueCsv(): string {
  const rows = CATALOGUE.map((row) =>
    [row.barcode, row.name, row.price, row.category, row.stock, row.unitScale].join(','),
  );
  return ['barcode,name,price,category,stock,unit_scale', ...rows, ''].join('\n');
}

/** The catalogue's product of this name. */
export function rowNamed(name: string): CatalogueRow {
  const row = CATALOGUE.find((one) => one.name === name);
  if (!row) throw new Error(`The test catalogue has no ${name}.`);
  return row;
}

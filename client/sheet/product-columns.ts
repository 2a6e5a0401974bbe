/** The columns of a table of products, and the headers they go by; the first is what an export writes. */
export const PRODUCT_COLUMNS = {
  id: ['id', 'product_id'],
  name: ['name', 'nama', 'product', 'description', 'produk'],
  price: ['price', 'harga', 'unit_price'],
  barcodes: ['barcodes', 'barcode', 'code', 'ean', 'gtin', 'kode'],
  category: ['category', 'kategori'],
  unitScale: ['unit_scale', 'unitscale'],
  taxId: ['tax', 'tax_id', 'pajak'],
  sku: ['sku'],
  reorderLevel: ['reorder_level', 'reorder', 'pesan_lagi'],
  active: ['active', 'aktif'],
} as const;
export type ProductColumn = keyof typeof PRODUCT_COLUMNS;
export const COLUMN_NAMES = Object.keys(PRODUCT_COLUMNS) as readonly ProductColumn[];

/** A branch's own price: `price:` and the branch's id. */
export type PriceColumn = `price:${string}`;
const PRICE_COLUMN = /^(?:price|harga):(.+)$/;

export function isPriceColumn(column: string): column is PriceColumn {
  return column.startsWith('price:');
}

/** The branch that a column of prices is about. */
export function branchOf(column: PriceColumn): string {
  return column.slice('price:'.length);
}

/** Which column a header names; undefined for one that says nothing here. */
export function columnOf(header: string): ProductColumn | PriceColumn | undefined {
  const text = header.trim().toLowerCase();
  const branch = PRICE_COLUMN.exec(text)?.[1];
  if (branch !== undefined) return `price:${branch.trim()}`;
  const plain = text.replace(/[\s-]+/g, '_');
  return COLUMN_NAMES.find((name) => (PRODUCT_COLUMNS[name] as readonly string[]).includes(plain));
}

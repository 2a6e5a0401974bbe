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

/** Which column a header names; undefined for one that says nothing here. */
export function columnOf(header: string): ProductColumn | undefined {
  const plain = header
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_');
  return COLUMN_NAMES.find((name) => (PRODUCT_COLUMNS[name] as readonly string[]).includes(plain));
}

import { COMPANY_SCOPE, type ProductId } from '../../schema/ids.ts';
import type { Currency } from '../../schema/money.ts';
import type { Product, ProductFields } from '../../schema/product.ts';
import { nextRevision } from '../../schema/revision.ts';
import type { Core } from '../core/core.ts';
import { findProductFault, putProduct, readProduct } from '../core/product-writer.ts';
import type { ReadTx, WriteTx } from '../store/store.ts';
import type { CatalogueItem } from './catalogue-item.ts';
import { guessCategory } from './categories.ts';
import { derivePrice } from './derive.ts';
import { productIdFromCode } from './product-id.ts';

export interface ImportRules {
  readonly currency: Currency;
  /** The tax of products whose row names none. */
  readonly taxId: string;
}

/** What an import did. */
export interface ImportCounts {
  created: number;
  updated: number;
  unchanged: number;
}

/** A product with its opening quantity, where the catalogue gave one. */
export interface ImportedProduct {
  readonly productId: ProductId;
  readonly stock: number | undefined;
}

/**
 * Writes a catalogue's items as products, all in one transaction: the same file again changes nothing. An item meets the
 * product that carries its barcode now; without one, the product that an earlier import made of it.
 */
export function importCatalogue(core: Core, items: readonly CatalogueItem[], rules: ImportRules) {
  return core.store.write([COMPANY_SCOPE], async (tx) => {
    const counts: ImportCounts = { created: 0, updated: 0, unchanged: 0 };
    const products: ImportedProduct[] = [];
    for (const item of items) {
      const { productId, outcome } = await importItem(core, tx, item, rules);
      counts[outcome] += 1;
      products.push({ productId, stock: item.stock });
    }
    return { counts, products };
  });
}

async function importItem(core: Core, tx: WriteTx, item: CatalogueItem, rules: ImportRules) {
  const productId = await findProductId(tx, item);
  const current = await readProduct(tx, productId);
  const fields = { ...(current ?? defaultsOf(item, rules)), ...saidBy(item) };
  const rev = current?.rev ?? nextRevision(null, core.epoch.n);
  const product: Product = { ...fields, id: productId, scope: COMPANY_SCOPE, rev };
  if (current && JSON.stringify(product) === JSON.stringify(current))
    return { productId, outcome: 'unchanged' as const };
  const fault = await findProductFault(tx, product);
  if (fault) throw new Error(`Invariant broken: the imported product ${item.name} cannot be written: ${fault}.`);
  await putProduct(tx, { ...product, rev: nextRevision(current?.rev ?? null, core.epoch.n) });
  return { productId, outcome: current ? ('updated' as const) : ('created' as const) };
}

async function findProductId(tx: ReadTx, item: CatalogueItem): Promise<ProductId> {
  if (item.barcode === undefined) return productIdFromCode(`name:${item.name}`);
  const carrier = await tx.productByBarcode(COMPANY_SCOPE, item.barcode);
  if (carrier) return carrier;
  for (let turn = 0; ; turn += 1) {
    // Whoever got this id by an earlier import may carry another barcode by now, and is another product then.
    const id = productIdFromCode(item.barcode, turn);
    const holder = await readProduct(tx, id);
    if (!holder || (holder.barcodes as string[]).includes(item.barcode)) return id;
  }
}

function defaultsOf(item: CatalogueItem, rules: ImportRules): ProductFields {
  const category = guessCategory(item.name);
  return {
    name: item.name,
    price: derivePrice(item.barcode ?? item.name, category, rules.currency),
    barcodes: item.barcode === undefined ? [] : [item.barcode],
    category: category.name,
    unitScale: 1,
    taxId: rules.taxId,
    active: true,
  };
}

/** The fields that the row itself gives. */
function saidBy(item: CatalogueItem): Partial<ProductFields> {
  return {
    name: item.name,
    ...(item.price === undefined ? {} : { price: item.price }),
    ...(item.category === undefined ? {} : { category: item.category }),
    ...(item.unitScale === undefined ? {} : { unitScale: item.unitScale }),
    ...(item.taxId === undefined ? {} : { taxId: item.taxId }),
  };
}

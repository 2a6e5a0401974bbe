import type { Product } from '../../schema/product.ts';
import { NO_TAX } from '../../schema/tax.ts';
import type { ReadTx, WriteTx } from '../store/store.ts';

/** A product by its id; undefined for none. */
export async function readProduct(tx: ReadTx, id: string): Promise<Product | undefined> {
  const stored = await tx.document('products', id);
  return stored ? (JSON.parse(stored.json) as Product) : undefined;
}

/** The company document of a tax. */
export function taxDocId(taxId: string): string {
  return `tax:${taxId}`;
}

/**
 * Why a product cannot stand beside the others: a barcode that another active product carries (a scan must find one), or a tax
 * that nobody knows. Null when it can.
 */
export async function findProductFault(tx: ReadTx, product: Product): Promise<string | null> {
  const { taxId } = product;
  if (taxId !== '' && taxId !== NO_TAX.id && !(await tx.document('company', taxDocId(taxId)))) return 'unknown-tax';
  for (const barcode of product.active ? product.barcodes : []) {
    const holder = await tx.productByBarcode(product.scope, barcode);
    if (holder === undefined || holder === product.id) continue;
    return `barcode-taken: ${barcode} ${(await readProduct(tx, holder))?.name ?? ''}`;
  }
  return null;
}

/** Writes a product as it is, and the barcodes under which it is found. */
export async function putProduct(tx: WriteTx, product: Product): Promise<void> {
  await tx.putDocument('products', { id: product.id, scope: product.scope, json: JSON.stringify(product) });
  await tx.setBarcodes(product.scope, product.id, product.active ? product.barcodes : []);
}

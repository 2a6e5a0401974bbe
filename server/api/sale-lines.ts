import type { LineRequest, SaleRequest } from '../../schema/api/api-sale.ts';
import { type BranchId, branchScope, COMPANY_SCOPE, type Scope } from '../../schema/ids.ts';
import { type Product, priceIn } from '../../schema/product.ts';
import type { CartLine, ReceiptRules } from '../../schema/receipt.ts';
import type { Tax } from '../../schema/tax.ts';
import { readCompanyDoc } from '../core/company-writer.ts';
import { readProduct, taxDocId } from '../core/product-writer.ts';
import type { ReadTx } from '../store/store.ts';
import { ApiFault } from './api-call.ts';

/** The lines of a cart that another system sold. Throws {@link ApiFault} with the place of the first that is none. */
export async function readLines(tx: ReadTx, branch: BranchId, { lines }: SaleRequest): Promise<CartLine[]> {
  const read: CartLine[] = [];
  for (const [index, line] of lines.entries()) read.push(await readLine(tx, branch, line, `lines.${index}`));
  return read;
}

async function readLine(tx: ReadTx, branch: BranchId, line: LineRequest, place: string): Promise<CartLine> {
  const { quantity, note, barcode, unitPrice } = line;
  const rest = { quantity, ...(note === undefined ? {} : { note }), ...(barcode === undefined ? {} : { barcode }) };
  if (line.productId === undefined && barcode === undefined) {
    if (line.name === undefined || unitPrice === undefined)
      throw new ApiFault('sale-wrong', `${place}: needs a productId, a barcode, or a name and a unitPrice`);
    return { ...rest, name: line.name, unitPrice, unitScale: 1 };
  }
  const product = await findProduct(tx, branchScope(branch), line);
  if (!product) throw new ApiFault('sale-wrong', `${place}: no product ${line.productId ?? barcode} here`);
  const { id: productId, name, rev, category, unitScale, taxId } = product;
  const price = priceIn(product, branch);
  const isOwnPrice = unitPrice !== undefined && unitPrice !== price;
  return {
    ...{ ...rest, productId, rev, name, category, unitScale, taxId, unitPrice: unitPrice ?? price },
    ...(isOwnPrice ? { listPrice: price } : {}),
  };
}

/** Of the company or of this branch; another branch's is none (I9). */
async function findProduct(
  tx: ReadTx,
  scope: Scope,
  { productId, barcode = '' }: LineRequest,
): Promise<Product | undefined> {
  const id =
    productId ?? (await tx.productByBarcode(scope, barcode)) ?? (await tx.productByBarcode(COMPANY_SCOPE, barcode));
  const product = id && (await readProduct(tx, id));
  return product && (product.scope === scope || product.scope === COMPANY_SCOPE) ? product : undefined;
}

/** What the shop decides about receipts, with the taxes that these lines name. */
export async function readRules(tx: ReadTx, lines: readonly CartLine[]): Promise<ReceiptRules> {
  const settings = await readCompanyDoc(tx, 'settings', 'settings');
  if (!settings) throw new ApiFault('sale-wrong', 'this shop has no settings yet');
  const taxes: Tax[] = [];
  for (const taxId of new Set(lines.map((line) => line.taxId ?? ''))) {
    const doc = taxId === '' ? undefined : await readCompanyDoc(tx, 'tax', taxDocId(taxId));
    if (doc) taxes.push(doc.tax);
  }
  const { currency, rounding, cashRounding } = settings;
  return { currency, rounding, taxes, cashRounding };
}

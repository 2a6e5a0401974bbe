import type { SaleRequest } from '../../schema/api/api-sale.ts';
import { applyPromotions } from '../../schema/apply-promotions.ts';
import { companyDocShape, type PromotionDoc } from '../../schema/company.ts';
import type { Rounding } from '../../schema/money.ts';
import { localMoment } from '../../schema/promotion-time.ts';
import type { CartLine } from '../../schema/receipt.ts';
import { readCompanyDoc } from '../core/company-writer.ts';
import { reportZone } from '../core/report-zone.ts';
import type { ReadTx } from '../store/store.ts';

/** Promotions looked at: more than any shop runs at a time. */
const PROMOTIONS_MAX = 1_000;

/**
 * The lines of a sale with the shop's promotions, as a till would give them at that time in the shop's zone: where the other system wishes so, and on
 * lines at the shelf price alone. What it sets a price for itself has its price.
 */
export async function withPromotions(
  tx: ReadTx,
  lines: readonly CartLine[],
  { promotions, customer }: Pick<SaleRequest, 'promotions' | 'customer'>,
  { at, rounding }: { readonly at: number; readonly rounding: Rounding },
): Promise<readonly CartLine[]> {
  if (promotions !== true) return lines;
  const zone = await reportZone(tx);
  const known = customer?.id && (await readCompanyDoc(tx, 'customer', `customer:${customer.id}`));
  const moment = { ...localMoment(at, zone(at)), customerGroup: known ? known.group : undefined };
  const isShelf = ({ productId, listPrice }: CartLine) => productId !== undefined && listPrice === undefined;
  const given = applyPromotions({ lines: lines.filter(isShelf) }, await readPromotions(tx), moment, rounding);
  const next = given.lines.values();
  return lines.map((line) => (isShelf(line) ? (next.next().value ?? line) : line));
}

async function readPromotions(tx: ReadTx): Promise<readonly PromotionDoc[]> {
  const stored = await tx.documentsNamed('company', 'promotion:', PROMOTIONS_MAX);
  return stored.flatMap(({ json }) => {
    const doc = companyDocShape.safeParse(JSON.parse(json));
    return doc.success && doc.data.kind === 'promotion' && doc.data.active ? [doc.data] : [];
  });
}

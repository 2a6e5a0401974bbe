import type { PromotionDoc } from '../../schema/company.ts';
import type { DeviceEntry } from '../../schema/entry/entry.ts';
import type { FlagContext } from '../../schema/entry/flag.ts';
import type { ReadTx } from '../store/store.ts';
import { readCompanyDoc } from './company-writer.ts';

/** The promotions that a sale names, as the server has them now, and its customer's group; undefined where it names none. */
export async function knownPromotions(tx: ReadTx, entry: DeviceEntry): Promise<FlagContext['promotions']> {
  if (entry.kind !== 'sale') return undefined;
  const ids = new Set(entry.body.lines.flatMap(({ promotion }) => (promotion ? [promotion.id] : [])));
  if (ids.size === 0) return undefined;
  const docs = new Map<string, PromotionDoc>();
  for (const id of ids) {
    const doc = await readCompanyDoc(tx, 'promotion', `promotion:${id}`);
    if (doc) docs.set(id, doc);
  }
  const { customer } = entry.body;
  const known = customer?.id ? await readCompanyDoc(tx, 'customer', `customer:${customer.id}`) : undefined;
  return { promotion: (id) => docs.get(id), customerGroup: known?.group };
}

import type { Sale } from '../../schema/entry/sale.ts';
import type { EntryId } from '../../schema/ids.ts';
import { correctionsKey } from './correction-flags.ts';
import type { JournalWork } from './journal-work.ts';
import { refundsKey } from './refund-flags.ts';
import { targets } from './targets.ts';

/**
 * Asks, in one breath, whether anything is stored that a sale's rules look for: another sale of its cart, a parked draft of it, refunds, corrections or a
 * release that came before it. Where nothing is, as with most, they ask no more.
 */
export function expectSale({ tx, scope }: Pick<JournalWork, 'tx' | 'scope'>, id: EntryId, sale: Sale): Promise<void> {
  const { cartId } = sale.body;
  const carts = [cartId, refundsKey(id), correctionsKey(id)] as const;
  return tx.expectSale({ scope, carts, draft: cartId, target: targets.release(sale.id, sale.hash) });
}

import type { Refund, Sale } from '../../schema/entry/sale.ts';
import type { EntryId } from '../../schema/ids.ts';
import { type ArrivedRefund, overRefunds, type PaidRefund } from '../../schema/refund.ts';
import type { BranchJournal } from '../store/branch-journal.ts';
import type { EntryOf, Journal } from '../store/journal.ts';

export interface KnownRefundsDeps {
  readonly journal: Pick<Journal, 'index' | 'readEach'>;
  readonly branchJournal: Pick<BranchJournal, 'refundsOf' | 'find'>;
}

/** Clocks of a till and the server may differ by so much; further off, a refund may be missed here, and the server finds it. */
const CLOCKS_APART_MS = 24 * 60 * 60 * 1000;

/** Every refund of a sale that is known here: those pulled in the order of their arrival, then this device's own. */
export async function knownRefunds(deps: KnownRefundsDeps, sale: Sale): Promise<readonly PaidRefund[]> {
  const { receipt } = sale.body;
  const arrivedAt = (await deps.branchJournal.find(sale.id))?.receivedAt ?? sale.at;
  const pulled = await deps.branchJournal.refundsOf(receipt, arrivedAt - CLOCKS_APART_MS);
  const own = await deps.journal.readEach(deps.journal.index.refundsOf(receipt));
  return [...pulled, ...own.filter((entry): entry is EntryOf<'refund'> => entry.kind === 'refund')];
}

/** True when a refund that is not written yet would go beyond what was sold. */
export function goesBeyond(
  sale: Sale,
  refunds: readonly ArrivedRefund[],
  body: Pick<Refund['body'], 'lines'>,
): boolean {
  const next = 'next' as EntryId;
  return overRefunds(sale.body.lines, [...refunds, { id: next, body }]).has(next);
}

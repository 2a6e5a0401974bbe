import type { DeviceIdentity } from '../../schema/protocol/enrol.ts';
import type { BranchEntry } from '../../schema/protocol/pull.ts';
import { overRefunds } from '../../schema/refund.ts';
import { BRANCH_ROWS_MAX, type BranchJournal } from '../store/branch-journal.ts';
import type { Findings } from '../store/findings.ts';
import type { EntryOf, Journal } from '../store/journal.ts';
import type { Till } from './device.ts';
import { knownRefunds } from './known-refunds.ts';

export interface DoubleRefundsDeps {
  readonly identity: DeviceIdentity;
  readonly journal: Pick<Journal, 'index' | 'readEach'>;
  readonly branchJournal: BranchJournal;
  readonly findings: Findings;
  readonly till: Pick<Till, 'findReceipt'>;
}

/** What the server put behind the flag's name. */
const FLAG = /^over-refunded:(\d+)$/;

/**
 * Tells the person at this device of refunds that together went beyond their sale: at a till, where one of them is its own; in the office, of
 * all. Looked for when refunds of other tills arrive, each once. Gives the way to stop.
 */
export function watchDoubleRefunds(deps: DoubleRefundsDeps): () => void {
  const { branchJournal } = deps;
  const seen = new Set<string>();
  const look = () => {
    const refunds = branchJournal.newest(BRANCH_ROWS_MAX).filter(({ kind }) => kind === 'refund');
    for (const row of refunds) {
      const key = `${row.id} ${row.flags.join()}`;
      if (seen.has(key)) continue;
      seen.add(key);
      void lookAt(deps, row).catch(() => seen.delete(key));
    }
  };
  look();
  return branchJournal.version.subscribe(look);
}

async function lookAt(deps: DoubleRefundsDeps, row: BranchEntry): Promise<void> {
  const receipt = (row.entry as unknown as EntryOf<'refund'> | undefined)?.body.original?.receipt;
  if (receipt === undefined) return;
  const isMine = deps.journal.index.refundsOf(receipt).length > 0;
  if (!isMine && deps.identity.role === 'till') return;
  const amount = (isMine ? await countHere(deps, receipt) : null) ?? flaggedAmount(row);
  if (amount !== null) await deps.findings.report('over-refunded', row.id, { receipt, amount });
}

/** Null where all is well, as far as this device knows, or where the sale is not known here. */
async function countHere(deps: DoubleRefundsDeps, receipt: string): Promise<number | null> {
  const sale = await deps.till.findReceipt(receipt);
  if (sale?.kind !== 'sale') return null;
  const over = overRefunds(sale.body.lines, await knownRefunds(deps, sale));
  return over.size === 0 ? null : [...over.values()].reduce((sum, amount) => sum + amount, 0);
}

function flaggedAmount({ flags }: BranchEntry): number | null {
  const amount = flags.map((flag) => FLAG.exec(flag)?.[1]).find((text) => text !== undefined);
  return amount === undefined ? null : Number(amount);
}

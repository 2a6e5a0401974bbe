import type { Epoch } from '../../schema/epoch.ts';
import { type BranchId, branchScope, type DeviceId, type EntryId, type Scope } from '../../schema/ids.ts';
import type { EntryVerdict } from '../../schema/protocol/push.ts';
import type { StoredDevice, WriteTx } from '../store/store.ts';
import type { Core } from './core.ts';
import { flagCorrections } from './correction-flags.ts';
import { createDailySumBook, type DailySumBook } from './daily-sum-book.ts';
import { epochOf } from './epoch.ts';
import { createOpenShares, type OpenShares } from './open-shares.ts';
import { flagReturns } from './refund-flags.ts';
import { reportZone } from './report-zone.ts';
import { createStockBook, type StockBook } from './stock-book.ts';

/** One transaction's work on the journals of a branch: what every rule about them shares. */
export interface JournalWork {
  readonly core: Core;
  readonly tx: WriteTx;
  readonly branch: BranchId;
  readonly scope: Scope;
  readonly epoch: Epoch;
  /** Server time of the whole transaction. */
  readonly at: number;
  readonly book: StockBook;
  /** What reports add up. */
  readonly sums: DailySumBook;
  /** Authors whose head may move: they got an entry, or a gap before one was closed. */
  readonly toFold: Map<DeviceId, StoredDevice>;
  /** Entries that were accepted when they were stored and turned out not to follow: what their verdict is now. */
  readonly turned: Map<EntryId, Pick<EntryVerdict, 'verdict' | 'reason'>>;
  /** Allotments that the branch's devices have not taken over. */
  readonly openShares: OpenShares;
  /** Sales of which a refund came or went: who gave back too much is told at the end. */
  readonly returned: Set<EntryId>;
  /** Sales and credit payments of which a correction came or went. */
  readonly corrected: Set<EntryId>;
}

/** Runs `act` as one transaction on a branch's journals, and writes the stock it moved. */
export function workOnJournals<Value>(
  core: Core,
  branch: BranchId,
  act: (work: JournalWork) => Promise<Value>,
): Promise<Value> {
  const scope = branchScope(branch);
  return core.store.write([scope], async (tx) => {
    const epoch = await epochOf(tx);
    const book = createStockBook(tx, { branch, epoch: epoch.n });
    const sums = createDailySumBook(tx, { scope, zone: await reportZone(tx) });
    const openShares = createOpenShares(tx, branch);
    const state = {
      openShares,
      toFold: new Map(),
      turned: new Map(),
      returned: new Set<EntryId>(),
      corrected: new Set<EntryId>(),
    };
    const work = { core, tx, branch, scope, epoch, at: core.deps.now(), book, sums, ...state };
    const value = await act(work);
    await flagReturns(work);
    await flagCorrections(work);
    await sums.flush();
    await openShares.flush();
    await book.flush();
    return value;
  });
}

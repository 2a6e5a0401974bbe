import type { Entry, Head } from '../../schema/entry/entry.ts';
import type { Epoch } from '../../schema/epoch.ts';
import {
  type BranchId,
  branchScope,
  type DeviceId,
  type EntryId,
  type ProductId,
  type Scope,
  type TransferId,
} from '../../schema/ids.ts';
import type { Product } from '../../schema/product.ts';
import type { EntryVerdict } from '../../schema/protocol/push.ts';
import type { StoredDevice } from '../store/store.ts';
import { foldAll } from './advance-head.ts';
import type { Core } from './core.ts';
import { flagCorrections } from './correction-flags.ts';
import { noteFolded } from './count-notes.ts';
import { epochOf } from './epoch.ts';
import { knownProducts } from './known-products.ts';
import { knownStock } from './known-stock.ts';
import { createOpenShares, type OpenShares } from './open-shares.ts';
import { flagReturns } from './refund-flags.ts';
import { type RememberingTx, rememberTx } from './remember-tx.ts';
import { createStockBook, type StockBook } from './stock-book.ts';
import { isBehindInTelling, tellBranches } from './tell-branches.ts';
import { flagTransfers } from './transfer-flags.ts';

/** Entries folded, or drawn to a fork, in one transaction: a device may make any number wait, and nobody else's sale waits for all of them. */
export const FOLD_AT_ONCE_MAX = 500;

/** One transaction's work on the journals of a branch: what every rule about them shares. */
export interface JournalWork {
  readonly core: Core;
  readonly tx: RememberingTx;
  readonly branch: BranchId;
  readonly scope: Scope;
  readonly epoch: Epoch;
  /** Server time of the whole transaction. */
  readonly at: number;
  readonly book: StockBook;
  /** Authors whose head may move: they got an entry, or a gap before one was closed. Those left at the end go on in a transaction behind. */
  readonly toFold: Map<DeviceId, StoredDevice>;
  /** How far a device's own chain goes without a gap, where this transaction stored the next behind its head. */
  readonly reached: Map<DeviceId, Head>;
  /** Whether a device was ever copied, as far as it was asked. */
  readonly copied: Map<DeviceId, boolean>;
  /** A product as this transaction finds it. */
  readonly product: (productId: ProductId) => Promise<Product | undefined>;
  /** Called with every row that is taken or folded: now and then others are served between. */
  readonly step: () => Promise<void>;
  /** Entries that this transaction stored, by the id they are stored under, as they were read when they came. */
  readonly read: Map<EntryId, Entry>;
  /** Entries that may still be folded in this transaction. */
  readonly room: { entries: number };
  /** Entries that were accepted when they were stored and turned out not to follow: what their verdict is now. */
  readonly turned: Map<EntryId, Pick<EntryVerdict, 'verdict' | 'reason'>>;
  /** Allotments that the branch's devices have not taken over. */
  readonly openShares: OpenShares;
  /** Sales of which a refund came or went: who gave back too much is told at the end. */
  readonly returned: Set<EntryId>;
  /** Sales and credit payments of which a correction came or went. */
  readonly corrected: Set<EntryId>;
  /** Transfers of which something came or went. */
  readonly transfers: Set<TransferId>;
  /** Branches that must be told something when this is committed. */
  readonly told: Set<BranchId>;
}

/** Rows after which whatever came in meanwhile is looked at: some ten milliseconds of work. Nobody else writes until the transaction ends. */
export const STEPS_MAX = 50;

function createSteps({ deps }: Core): () => Promise<void> {
  let steps = 0;
  return async () => {
    steps += 1;
    if (steps % STEPS_MAX === 0) await deps.breathe();
  };
}

/**
 * Runs `act` as one transaction on a branch's journals, writes the stock it moved, and then tells other branches what concerns them.
 * What there was no room to fold, of `foldMax` entries, is folded behind it, slice by slice; where a server stops between, it goes on at its start.
 */
export async function workOnJournals<Value>(
  core: Core,
  branch: BranchId,
  act: (work: JournalWork) => Promise<Value>,
  { foldMax = FOLD_AT_ONCE_MAX } = {},
): Promise<Value> {
  const scope = branchScope(branch);
  const told = new Set<BranchId>();
  const toFold: JournalWork['toFold'] = new Map();
  const inOne = async <Part>(part: (work: JournalWork) => Promise<Part>): Promise<Part> => {
    const stock = knownStock(core.store, scope);
    const room = { entries: foldMax };
    const done = await core.store.write([scope], async (store) => {
      const tx = rememberTx(store);
      const epoch = await epochOf(tx);
      const book = createStockBook(tx, { branch, epoch: epoch.n });
      await stock.recall(tx, book);
      const openShares = createOpenShares(tx, branch);
      const state = {
        openShares,
        toFold,
        reached: new Map(),
        copied: new Map(),
        product: await knownProducts(core.store, tx),
        read: new Map(),
        step: createSteps(core),
        room,
        turned: new Map(),
        returned: new Set<EntryId>(),
        corrected: new Set<EntryId>(),
        transfers: new Set<TransferId>(),
        told,
      };
      const work = { core, tx, branch, scope, epoch, at: core.deps.now(), book, ...state };
      const value = await part(work);
      await flagReturns(work);
      await flagCorrections(work);
      await flagTransfers(work);
      await openShares.flush();
      await book.flush();
      return value;
    });
    stock.keep();
    noteFolded(core, branch, foldMax - room.entries);
    return done;
  };
  const value = await inOne(act);
  while (toFold.size > 0) await inOne(foldAll);
  if (told.size > 0 || isBehindInTelling(core)) await tellBranches(core);
  return value;
}

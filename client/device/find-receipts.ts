import type { DeviceEntry } from '../../schema/entry/entry.ts';
import type { Refund, Sale } from '../../schema/entry/sale.ts';
import type { Money } from '../../schema/money.ts';
import type { BranchJournal } from '../store/branch-journal.ts';
import { BRANCH_ROWS_MAX } from '../store/branch-journal.ts';
import type { Journal, OwnEntry } from '../store/journal.ts';

/** What a person remembers of a receipt. All that is given must fit. */
export interface ReceiptQuery {
  /** What was due, or what one payment was. */
  readonly amount?: Money | undefined;
  /** By the selling device's clock, milliseconds since 1970; `to` is not included. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  /** The last four digits of the card. */
  readonly last4?: string | undefined;
}

type Receipt = Sale | Refund;

/** Receipts in one answer: more than a person reads. */
export const FOUND_MAX = 50;
/** Own entries looked at for one answer, newest first: about a month of a busy till. */
const LOOKED_AT_MAX = 10_000;
/** Own entries read at once. */
const PIECE = 200;

export interface FindDeps {
  readonly journal: Pick<Journal, 'index' | 'read'>;
  readonly branchJournal: Pick<BranchJournal, 'newest' | 'loaded'>;
}

/** Receipts that fit, newest first, at most {@link FOUND_MAX}. */
export async function findReceipts(deps: FindDeps, query: ReceiptQuery): Promise<Receipt[]> {
  const own = await findOwn(deps, query);
  await deps.branchJournal.loaded();
  const others = deps.branchJournal
    .newest(BRANCH_ROWS_MAX)
    .map(({ entry }) => entry as DeviceEntry | undefined)
    .filter((entry): entry is Receipt => isReceipt(entry) && fits(entry, query));
  return [...own, ...others].sort((left, right) => right.at - left.at).slice(0, FOUND_MAX);
}

async function findOwn({ journal }: FindDeps, query: ReceiptQuery): Promise<Receipt[]> {
  const found: Receipt[] = [];
  const head = journal.index.head().seq;
  const last = Math.max(0, head - LOOKED_AT_MAX);
  for (let upTo = head; upTo > last && found.length < FOUND_MAX; upTo -= PIECE) {
    const entries: readonly OwnEntry[] = await journal.read(Math.max(last, upTo - PIECE) + 1, upTo);
    found.push(...entries.filter((entry): entry is Receipt => isReceipt(entry) && fits(entry, query)).reverse());
  }
  return found;
}

function isReceipt(entry: DeviceEntry | undefined): entry is Receipt {
  return entry?.kind === 'sale' || entry?.kind === 'refund';
}

function fits({ at, body }: Receipt, { amount, from, to, last4 }: ReceiptQuery): boolean {
  const { payments, totals } = body;
  if (from !== undefined && at < from) return false;
  if (to !== undefined && at >= to) return false;
  if (last4 !== undefined && !payments.some(({ card }) => card?.last4 === last4)) return false;
  return amount === undefined || totals.due === amount || payments.some((payment) => payment.amount === amount);
}

import { type DeviceEntry, deviceEntryShape } from '../../schema/entry/entry.ts';
import type { Refund, Sale, SaleLine } from '../../schema/entry/sale.ts';
import type { Money } from '../../schema/money.ts';
import type { Product } from '../../schema/product.ts';
import type { BranchEntry } from '../../schema/protocol/pull.ts';
import type { BranchJournal } from '../store/branch-journal.ts';
import type { Http } from '../sync/http.ts';
import type { Exception } from './exceptions.ts';
import { askUnreadReason, type UnreadReason } from './unread-reason.ts';

/** One fact that shows a person why something was flagged, as far as this device knows it. */
export type Evidence =
  | { readonly what: 'price'; readonly name: string; readonly sold: Money; readonly now: Money }
  | { readonly what: 'unknown'; readonly name: string; readonly barcode: string }
  | { readonly what: 'clock'; readonly said: number; readonly arrived: number }
  | { readonly what: 'cart'; readonly receipt: string }
  | { readonly what: 'refunded'; readonly receipt: string; readonly amount: Money; readonly of: string }
  /** Why the server cannot read it; null where the server was not reached. */
  | { readonly what: 'unread'; readonly reason: UnreadReason | null };

export interface EvidenceDeps {
  readonly branchJournal: Pick<BranchJournal, 'find' | 'ofCart' | 'refundsOf'>;
  readonly catalogue: { product(id: NonNullable<SaleLine['productId']>): Product | undefined };
  readonly http: Pick<Http, 'request'>;
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** How far around an entry others of its cart or receipt are looked for. */
const AROUND_MS = 35 * DAY_MS;
/** Facts of one entry: the first of them say what it is. */
export const EVIDENCE_MAX = 5;

/** What shows why this entry was flagged; empty where its kind says it all, or this device does not hold what it takes. */
export async function readEvidence(deps: EvidenceDeps, { id, flag }: Exception): Promise<readonly Evidence[]> {
  if (flag === 'quarantined') return [{ what: 'unread', reason: await askUnreadReason(deps.http, id) }];
  const row = await deps.branchJournal.find(id);
  const entry = row && deviceEntryShape.safeParse(row.entry).data;
  if (!row || !entry) return [];
  const facts = await factsOf(deps, flag.split(':')[0] ?? flag, { row, entry });
  return facts.slice(0, EVIDENCE_MAX);
}

interface Flagged {
  readonly row: BranchEntry;
  readonly entry: DeviceEntry;
}

async function factsOf(deps: EvidenceDeps, kind: string, { row, entry }: Flagged): Promise<readonly Evidence[]> {
  if (kind === 'odd-clock') return [{ what: 'clock', said: entry.at, arrived: row.receivedAt }];
  if (entry.kind === 'sale' || entry.kind === 'refund') {
    if (kind === 'old-price' || kind === 'wrong-price') return pricesOf(deps, entry);
    if (kind === 'unknown-product') return unknownOf(deps, entry);
  }
  if (entry.kind === 'sale' && kind === 'cart-sold-twice') return sameCart(deps, row, entry);
  if (entry.kind === 'refund' && kind === 'over-refunded') return sameReceipt(deps, row, entry);
  return [];
}

/** The lines that cost something else than their product costs here now. */
function pricesOf({ catalogue }: EvidenceDeps, { body }: Sale | Refund): Evidence[] {
  return body.lines.flatMap(({ productId, name, unitPrice, listPrice }): Evidence[] => {
    const now = productId && catalogue.product(productId)?.price;
    const sold = listPrice ?? unitPrice;
    return now === undefined || now === sold ? [] : [{ what: 'price', name, sold, now }];
  });
}

function unknownOf({ catalogue }: EvidenceDeps, { body }: Sale | Refund): Evidence[] {
  return body.lines.flatMap(({ productId, name, barcode = '' }): Evidence[] =>
    productId && !catalogue.product(productId) ? [{ what: 'unknown', name, barcode }] : [],
  );
}

async function sameCart(
  { branchJournal }: EvidenceDeps,
  row: BranchEntry,
  { id, body }: Sale,
): Promise<readonly Evidence[]> {
  const sales = await branchJournal.ofCart(body.cartId, row.receivedAt - AROUND_MS);
  return sales.flatMap((sale): Evidence[] => (sale.id === id ? [] : [{ what: 'cart', receipt: sale.body.receipt }]));
}

async function sameReceipt(
  { branchJournal }: EvidenceDeps,
  row: BranchEntry,
  { body }: Refund,
): Promise<readonly Evidence[]> {
  const of = body.original?.receipt;
  if (of === undefined) return [];
  const refunds = await branchJournal.refundsOf(of, row.receivedAt - AROUND_MS);
  return refunds.map(({ body: back }) => {
    const { receipt, totals } = back as Refund['body'];
    return { what: 'refunded', receipt, amount: totals.due, of };
  });
}

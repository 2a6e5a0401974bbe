import type { Entry } from '../../schema/entry/entry.ts';
import { type EntryFlag, overRefunded } from '../../schema/entry/flag.ts';
import type { Refund, Sale } from '../../schema/entry/sale.ts';
import type { EntryId } from '../../schema/ids.ts';
import { REFUNDS_OF_ONE_MAX } from '../../schema/limits.ts';
import { type ArrivedRefund, overRefunds } from '../../schema/refund.ts';
import type { JournalChange } from '../store/store.ts';
import { noteCorrection } from './correction-flags.ts';
import type { JournalWork } from './journal-work.ts';
import { noteTransfer } from './transfer-flags.ts';

/** Under which the refunds of a sale are noted beside the sold carts. No cart's id has a colon. */
export function refundsKey(sale: EntryId): string {
  return `refund:${sale}`;
}

/** A sale or refund is stored, or does not count any more: its refunds are looked at again when the transaction is done. */
export async function noteReturn({ tx, scope, returned }: JournalWork, id: EntryId, entry: Entry): Promise<void> {
  if (entry.kind === 'sale' && (await tx.cartSold(scope, refundsKey(id)))) returned.add(id);
  if (entry.kind !== 'refund' || entry.body.original?.entry === undefined) return;
  const { entry: sale } = entry.body.original;
  await tx.addSoldCart(scope, refundsKey(sale), id);
  const all = await tx.cartEntries(scope, refundsKey(sale), REFUNDS_OF_ONE_MAX + 1);
  if (all.length <= REFUNDS_OF_ONE_MAX) returned.add(sale);
  else await flagWhole(tx, id, entry);
}

/** One of more than anybody would compare: the work of a push must not grow with all that somebody ever gave back of one receipt. */
async function flagWhole(tx: JournalWork['tx'], id: EntryId, { body }: Refund): Promise<void> {
  const stored = await tx.entry(id);
  if (stored?.verdict !== 'accepted' || stored.flags.some(isOverRefunded)) return;
  await tx.reflagEntry(id, [...stored.flags, overRefunded(body.totals.total)]);
}

/** The same of an entry as it lies in the store, of what corrects a payment, and of transfers. */
export async function noteStoredReturn(work: JournalWork, { id, kind, json }: JournalChange): Promise<void> {
  if (!LOOKED_AT.has(kind)) return;
  const entry = JSON.parse(json) as Entry;
  await noteReturn(work, id, entry);
  await noteCorrection(work, id, entry);
  await noteTransfer(work, id, entry);
}

const LOOKED_AT: ReadonlySet<string> = new Set([
  ...['sale', 'refund', 'credit-payment', 'tender-correction'],
  ...['transfer-out', 'transfer-in', 'adjust', 'waste'],
]);

/**
 * Flags what went beyond what was sold, and takes the flag back from what does not: whatever order a sale and its refunds arrive in, the
 * same ones end up flagged. The later one is that which arrived later.
 */
export async function flagReturns(work: JournalWork): Promise<void> {
  for (const id of work.returned) await flagRefundsOf(work, id);
}

async function flagRefundsOf({ tx, scope }: JournalWork, id: EntryId): Promise<void> {
  const sale = await tx.entry(id);
  const ids = await tx.cartEntries(scope, refundsKey(id), REFUNDS_OF_ONE_MAX);
  const refunds: JournalChange[] = [];
  for (const refund of ids) {
    const stored = await tx.entry(refund);
    if (stored?.verdict === 'accepted') refunds.push(stored);
  }
  const over = sale?.verdict === 'accepted' && sale.scope === scope ? overOf(sale, refunds.sort(byArrival)) : new Map();
  for (const { id: refund, flags } of refunds) {
    const amount = over.get(refund);
    const others = flags.filter((flag) => !isOverRefunded(flag));
    const wanted = amount === undefined ? others : [...others, overRefunded(amount)];
    if (wanted.join() !== flags.join()) await tx.reflagEntry(refund, wanted);
  }
}

/** A sale under that id which is another receipt belongs to a copied device: nothing is said of it. */
function overOf(sale: JournalChange, refunds: readonly JournalChange[]) {
  const sold = JSON.parse(sale.json) as Sale;
  const arrived = refunds.flatMap(({ id, json }): ArrivedRefund[] => {
    const { body } = JSON.parse(json) as Refund;
    return body.original?.receipt === sold.body?.receipt ? [{ id, body }] : [];
  });
  return sold.kind === 'sale' ? overRefunds(sold.body.lines, arrived) : new Map();
}

function isOverRefunded(flag: EntryFlag): boolean {
  return flag.startsWith('over-refunded');
}

function byArrival(left: JournalChange, right: JournalChange): number {
  return left.receivedAt - right.receivedAt || (left.id < right.id ? -1 : 1);
}

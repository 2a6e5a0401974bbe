import { correctionsApart } from '../../schema/correction.ts';
import type { BodyOf, DeviceEntry, Entry } from '../../schema/entry/entry.ts';
import type { EntryFlag } from '../../schema/entry/flag.ts';
import type { Payment } from '../../schema/entry/payment.ts';
import type { EntryId } from '../../schema/ids.ts';
import { CORRECTIONS_OF_ONE_MAX } from '../../schema/limits.ts';
import type { JournalChange } from '../store/store.ts';
import type { JournalWork } from './journal-work.ts';

const FLAG: EntryFlag = 'corrected-twice';

/** Under which the corrections of what an entry was paid by are noted beside the sold carts. No cart's id has a colon. */
export function correctionsKey(paid: EntryId): string {
  return `correction:${paid}`;
}

/** A correction or what it corrects is stored, or does not count any more: they are looked at again when the transaction is done. */
export async function noteCorrection({ tx, scope, corrected }: JournalWork, id: EntryId, entry: Entry): Promise<void> {
  const isPaid = entry.kind === 'sale' || entry.kind === 'credit-payment';
  if (isPaid && (await tx.cartSold(scope, correctionsKey(id)))) corrected.add(id);
  if (entry.kind !== 'tender-correction') return;
  const { sale } = entry.body;
  corrected.add(sale);
  await tx.addSoldCart(scope, correctionsKey(sale), id);
}

/**
 * Flags corrections of one payment that were written apart, and takes the flag back from the others: whatever order they and what they
 * correct arrive in, the same ones end up flagged. The later one is that which arrived later.
 */
export async function flagCorrections(work: JournalWork): Promise<void> {
  for (const id of work.corrected) await flagCorrectionsOf(work, id);
}

async function flagCorrectionsOf({ tx, scope }: JournalWork, id: EntryId): Promise<void> {
  const paid = await tx.entry(id);
  const ids = await tx.cartEntries(scope, correctionsKey(id), CORRECTIONS_OF_ONE_MAX);
  const corrections: JournalChange[] = [];
  for (const one of ids) {
    const stored = await tx.entry(one);
    if (stored?.verdict === 'accepted') corrections.push(stored);
  }
  const payments = paid?.verdict === 'accepted' && paid.scope === scope ? paymentsOf(paid) : [];
  const apart = new Set(payments.flatMap((payment, place) => apartOf(payment, place, corrections.sort(byArrival))));
  for (const { id: correction, flags } of corrections) {
    const others = flags.filter((flag) => flag !== FLAG);
    const wanted = apart.has(correction) ? [...others, FLAG] : others;
    if (wanted.join() !== flags.join()) await tx.reflagEntry(correction, wanted);
  }
}

function apartOf({ tender }: Payment, place: number, corrections: readonly JournalChange[]): readonly EntryId[] {
  const said = corrections.flatMap(({ id, json }) => {
    const { body } = JSON.parse(json) as { readonly body: BodyOf<'tender-correction'> };
    return body.payment === place ? [{ id, from: body.from, to: body.to }] : [];
  });
  return correctionsApart(tender, said);
}

function paymentsOf({ json }: JournalChange): readonly Payment[] {
  const entry = JSON.parse(json) as DeviceEntry;
  if (entry.kind === 'credit-payment') return [entry.body.payment];
  return entry.kind === 'sale' ? entry.body.payments : [];
}

/** Of one device in the order it wrote them. */
function byArrival(left: JournalChange, right: JournalChange): number {
  return left.receivedAt - right.receivedAt || (left.id < right.id ? -1 : 1);
}

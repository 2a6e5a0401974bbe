import type { Tender } from './entry/payment.ts';
import type { EntryId } from './ids.ts';

/** What was said of a payment's tender after it. */
export interface SaidOfTender {
  readonly id: EntryId;
  readonly from: Tender;
  readonly to: Tender;
}

/**
 * Of the corrections of one payment, in the order they arrived, those that do not say what came before them: they were written where that
 * was not known, so that the money was moved twice. Empty when each goes on from the one before.
 */
export function correctionsApart(paidBy: Tender, corrections: readonly SaidOfTender[]): readonly EntryId[] {
  const apart: EntryId[] = [];
  let now = paidBy;
  for (const { id, from, to } of corrections) {
    if (from === now) now = to;
    else apart.push(id);
  }
  return apart;
}

import { holdsCardNumber } from '../card-number.ts';
import { roundingOf } from '../settle-payments.ts';
import type { DeviceEntry } from './entry.ts';
import type { EntryFlag, FlagContext } from './flag.ts';
import type { Payment } from './payment.ts';

type Receipt = Extract<DeviceEntry, { kind: 'sale' | 'refund' }>;

/** What looks wrong about an entry's money beside its sums, in a fixed order. Never a reason to refuse it. */
export function paymentFlags(entry: DeviceEntry, context: FlagContext): EntryFlag[] {
  const flags: EntryFlag[] = [];
  if (isReceipt(entry) && !isRounded(entry, context)) flags.push('rounding');
  if (textsOf(entry).some(holdsCardNumber)) flags.push('card-number');
  if (isOnNobodysAccount(entry)) flags.push('credit-without-customer');
  if (context.payment === 'unknown') flags.push('unknown-payment');
  if (context.payment === 'confirmed' && entry.kind === 'payment-confirmed') flags.push('confirmed-twice');
  return flags;
}

function isReceipt(entry: DeviceEntry): entry is Receipt {
  return entry.kind === 'sale' || entry.kind === 'refund';
}

/** A receipt that rounds says what the shop's rule says. Sums beyond exact integers are flagged elsewhere. */
function isRounded({ body }: Receipt, { cashRounding }: FlagContext): boolean {
  const { rounding, total } = body.totals;
  if (rounding === 0) return true;
  try {
    return roundingOf(total, body.payments, cashRounding) === rounding;
  } catch {
    return true;
  }
}

/** The texts that people type beside money. */
function textsOf(entry: DeviceEntry): string[] {
  if (isReceipt(entry)) {
    const { payments, lines, note = '' } = entry.body;
    return [...payments.flatMap(paymentTexts), note, ...lines.map((line) => line.note ?? '')];
  }
  if (entry.kind === 'credit-payment') return [...paymentTexts(entry.body.payment), entry.body.note ?? ''];
  return entry.kind === 'payment-confirmed' ? [entry.body.reference] : [];
}

function paymentTexts({ reference = '', card }: Payment): string[] {
  return [reference, card?.brand ?? '', card?.approval ?? ''];
}

function isOnNobodysAccount(entry: DeviceEntry): boolean {
  if (entry.kind === 'tender-correction') {
    const { from, to, customer } = entry.body;
    return from !== to && (from === 'credit' || to === 'credit') && customer === undefined;
  }
  if (!isReceipt(entry) || entry.body.customer?.id !== undefined) return false;
  return entry.body.payments.some(({ tender, amount }) => tender === 'credit' && amount > 0);
}

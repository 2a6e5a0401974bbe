import type { DeviceEntry } from '../../schema/entry/entry.ts';
import type { Sale } from '../../schema/entry/sale.ts';
import type { EntryId } from '../../schema/ids.ts';
import type { BranchEntry } from '../../schema/protocol/pull.ts';
import { createLive, type Live } from '../device/live.ts';
import type { Correction, PaidBack, UnconfirmedPayment } from '../device/payments.ts';
import type { EntryOf } from './journal.ts';

/** What became of payments after their sale: own entries, and those of the other devices as far as they are here. */
export interface PaymentBook {
  readonly version: Live<number>;
  clear(): void;
  addOwn(entry: DeviceEntry): void;
  put(entries: readonly BranchEntry[]): void;
  /** Newest sale first. */
  unconfirmed(): readonly UnconfirmedPayment[];
  isConfirmed(sale: EntryId, payment: number): boolean;
  /** Of one sale, oldest first. */
  corrections(sale: EntryId): readonly Correction[];
  /** What was paid by entries of which more than one correction is known. */
  correctedAgain(): readonly EntryId[];
  /** Store credit that was paid back, newest first. */
  paidBack(): readonly PaidBack[];
}

/** Unconfirmed payments kept in memory; with more, the oldest are left to the reports. */
export const UNCONFIRMED_MAX = 1_000;
/** What was paid back of store credit, as far as somebody may find it was entered wrongly. */
export const PAID_BACK_MAX = 100;

export function createPaymentBook(): PaymentBook {
  const version = createLive(0);
  const waiting = new Map<string, UnconfirmedPayment>();
  const confirmed = new Set<string>();
  const corrections = new Map<EntryId, Correction[]>();
  let paidBack: readonly PaidBack[] = [];
  const take = (entry: DeviceEntry): void => {
    if (entry.kind === 'sale' || entry.kind === 'credit-payment') {
      for (const payment of unconfirmedOf(entry)) if (!confirmed.has(keyOf(payment))) addWaiting(waiting, payment);
      if (entry.kind === 'credit-payment') paidBack = withPaidBack(paidBack, entry);
    } else if (entry.kind === 'payment-confirmed') {
      confirmed.add(keyOf(entry.body));
      // Its room is for those that still wait.
      waiting.delete(keyOf(entry.body));
    } else if (entry.kind === 'tender-correction') addCorrection(corrections, entry);
    else return;
    version.set(version.get() + 1);
  };
  const isOpen = ({ sale, payment }: UnconfirmedPayment): boolean => {
    const last = corrections.get(sale)?.findLast((one) => one.payment === payment);
    return last === undefined || last.to === last.from || last.to === 'qris';
  };
  return {
    version,
    clear: () => {
      waiting.clear();
      confirmed.clear();
      corrections.clear();
      paidBack = [];
      version.set(version.get() + 1);
    },
    addOwn: take,
    put: (entries) => {
      for (const { verdict, entry } of entries) if (verdict === 'accepted' && entry) take(entry as DeviceEntry);
    },
    unconfirmed: () => [...waiting.values()].filter(isOpen).sort((left, right) => right.at - left.at),
    isConfirmed: (sale, payment) => confirmed.has(keyOf({ sale, payment })),
    corrections: (sale) => corrections.get(sale) ?? [],
    correctedAgain: () => [...corrections].flatMap(([id, { length }]) => (length > 1 ? [id] : [])),
    paidBack: () => paidBack,
  };
}

function keyOf({ sale, payment }: { readonly sale: EntryId; readonly payment: number }): string {
  return `${sale}:${payment}`;
}

function unconfirmedOf(entry: Sale | EntryOf<'credit-payment'>): UnconfirmedPayment[] {
  const { id: sale, deviceId, person, at, body } = entry;
  const [payments, receipt] = 'payments' in body ? [body.payments, body.receipt] : [[body.payment], body.name];
  return payments.flatMap(({ confirmed, amount, reference }, payment) =>
    confirmed ? [] : [{ sale, payment, amount, reference, receipt, deviceId, person, shift: body.shift, at }],
  );
}

function addWaiting(waiting: Map<string, UnconfirmedPayment>, payment: UnconfirmedPayment): void {
  waiting.set(keyOf(payment), payment);
  const [oldest] = waiting.keys();
  if (waiting.size > UNCONFIRMED_MAX && oldest !== undefined) waiting.delete(oldest);
}

function withPaidBack(before: readonly PaidBack[], entry: EntryOf<'credit-payment'>): readonly PaidBack[] {
  const { id, deviceId, at } = entry;
  const { customer, name, payment } = entry.body;
  const others = before.filter((one) => one.id !== id);
  const all = [...others, { id, customer, name, payment, deviceId, at }];
  return all.sort((left, right) => right.at - left.at).slice(0, PAID_BACK_MAX);
}

/** Told twice, it counts once; by clock, so that all devices see the same order. */
function addCorrection(
  corrections: Map<EntryId, Correction[]>,
  { id, at, body }: Extract<DeviceEntry, { kind: 'tender-correction' }>,
): void {
  const others = (corrections.get(body.sale) ?? []).filter((one) => one.id !== id);
  const all = [...others, { ...body, id, at }];
  corrections.set(
    body.sale,
    all.sort((left, right) => left.at - right.at || (left.id < right.id ? -1 : 1)),
  );
}

import { canonicalJson } from './canonical-json.ts';
import type { BodyOf, DeviceEntry } from './entry/entry.ts';
import type { Payment, Tender } from './entry/payment.ts';
import type { Refund, Sale } from './entry/sale.ts';
import type { EntryId, ShiftId } from './ids.ts';
import { Z_UNCONFIRMED_MAX } from './limits.ts';
import { addMoney, type Money, money, subtractMoney, ZERO } from './money.ts';
import { NO_TAX } from './tax.ts';

/** How a shift began. */
export interface ShiftOpening {
  readonly shift: ShiftId;
  readonly float: Money;
}

/** What an X report shows and a Z report keeps, but for the count. */
export type ShiftReport = {
  [Field in Exclude<keyof BodyOf<'shift-close'>, 'zNo' | 'countedCash' | 'pieces' | 'note' | 'approval'>]-?: Exclude<
    BodyOf<'shift-close'>[Field],
    undefined
  >;
};

type Receipt = Sale | Refund;

/**
 * All figures of a shift, from own entries in order: those that the last Z report does not cover, up to now. What names no shift was sold
 * while none was open and is told apart; what names another one belongs there, whenever it comes. A corrected tender counts where its
 * sale does, so a correction behind the sale's Z report changes no other. Throws RangeError where a sum leaves the safe integers.
 */
export function shiftReport(
  entries: readonly DeviceEntry[],
  opening: ShiftOpening,
  perpetualTotal: Money,
): ShiftReport {
  const inShift = entries.filter((entry) => shiftOf(entry) === opening.shift);
  const receipts = inShift.filter(isReceipt);
  const tenders = correctedSums(receipts.flatMap(paidIn), entries);
  const cashIn = sumOf(inShift, 'cash-in', ({ amount }) => amount);
  const cashOut = sumOf(inShift, 'cash-out', ({ amount }) => amount);
  const paidBack = correctedSums(inShift.flatMap(paidBackIn), entries);
  const creditPaid = paidBack.get('cash') ?? ZERO;
  const cash = tenders.get('cash') ?? ZERO;
  return {
    shift: opening.shift,
    ...countReceipts(receipts),
    tenders: listOf(tenders, (tender, amount) => ({ tender, amount })),
    float: opening.float,
    cashIn,
    cashOut,
    creditPaid,
    paidBack: listOf(paidBack, (tender, amount) => ({ tender, amount })),
    expectedCash: subtractMoney(addMoney(opening.float, cash, cashIn, creditPaid), cashOut),
    voids: countVoids(entries, opening.shift),
    unconfirmed: unconfirmedOf(inShift, entries),
    outside: countOutside(entries),
    covers: { from: entries[0]?.seq ?? 1, to: entries.at(-1)?.seq ?? 1 },
    perpetualTotal,
  };
}

/**
 * True when a Z report says what follows from the entries it covers. `entries` are all of them; `perpetualBefore` is what the Z report
 * before it says, null where that is not known.
 */
export function followsFrom(
  body: BodyOf<'shift-close'>,
  entries: readonly DeviceEntry[],
  perpetualBefore: Money | null,
): boolean {
  const opened = entries.find((entry) => entry.kind === 'shift-open' && entry.body.shift === body.shift);
  if (opened?.kind !== 'shift-open') return false;
  const before = perpetualBefore ?? subtractMoney(body.perpetualTotal, perpetualOf(entries));
  const report = shiftReport(entries, opened.body, addMoney(before, perpetualOf(entries)));
  const said = Object.fromEntries(Object.keys(report).map((field) => [field, body[field as keyof ShiftReport]]));
  return canonicalJson(said) === canonicalJson(report);
}

/** Sales less refunds, in or outside a shift. */
export function perpetualOf(entries: readonly DeviceEntry[]): Money {
  return addMoney(...entries.filter(isReceipt).map((entry) => signed(entry, entry.body.totals.due)));
}

/** The shift that an entry names; undefined for kinds that name none, and for what was written while none was open. */
function shiftOf(entry: DeviceEntry): ShiftId | undefined {
  return (entry.body as { readonly shift?: ShiftId }).shift;
}

function isReceipt(entry: DeviceEntry): entry is Receipt {
  return entry.kind === 'sale' || entry.kind === 'refund';
}

function signed({ kind }: Receipt, amount: Money): Money {
  return kind === 'sale' ? amount : subtractMoney(ZERO, amount);
}

function sumOf<Kind extends 'cash-in' | 'cash-out'>(
  entries: readonly DeviceEntry[],
  kind: Kind,
  amountOf: (body: BodyOf<Kind>) => Money,
): Money {
  const bodies = entries.flatMap((entry) => (entry.kind === kind ? [entry.body as BodyOf<Kind>] : []));
  return addMoney(...bodies.map(amountOf));
}

function countReceipts(receipts: readonly Receipt[]) {
  const taxes = new Map<string, { net: Money; tax: Money }>();
  const names = new Map<string, string>();
  const categories = new Map<string, Money>();
  const sums = { rounding: ZERO, discounts: ZERO, promotions: ZERO };
  for (const receipt of receipts) {
    const { lines, totals } = receipt.body;
    for (const { id, name } of receipt.body.taxes) names.set(id, name);
    sums.rounding = addMoney(sums.rounding, signed(receipt, totals.rounding));
    sums.discounts = addMoney(sums.discounts, signed(receipt, addMoney(totals.discount, totals.saleDiscount)));
    sums.promotions = addMoney(sums.promotions, signed(receipt, totals.promotion ?? ZERO));
    for (const { taxId = NO_TAX.id, tax = ZERO, total, category = '' } of lines) {
      const held = taxes.get(taxId) ?? { net: ZERO, tax: ZERO };
      const net = addMoney(held.net, signed(receipt, subtractMoney(total, tax)));
      taxes.set(taxId, { net, tax: addMoney(held.tax, signed(receipt, tax)) });
      addTo(categories, category, signed(receipt, total));
    }
  }
  return {
    sales: receipts.filter(({ kind }) => kind === 'sale').length,
    refunds: receipts.filter(({ kind }) => kind === 'refund').length,
    taxes: listOf(taxes, (taxId, sum) => ({ taxId, ...nameOf(names.get(taxId)), ...sum })),
    categories: listOf(categories, (category, total) => ({ category, total })),
    ...sums,
  };
}

function nameOf(name: string | undefined): { readonly name?: string } {
  return name === undefined ? {} : { name };
}

/** Money that an entry moved by one tender. */
interface TenderMove {
  readonly of: EntryId;
  readonly tender: Tender;
  readonly amount: Money;
}

function paidIn(receipt: Receipt): TenderMove[] {
  const { id: of, body } = receipt;
  return body.payments.map(({ tender, amount }) => ({ of, tender, amount: signed(receipt, amount) }));
}

function paidBackIn(entry: DeviceEntry): TenderMove[] {
  if (entry.kind !== 'credit-payment') return [];
  const { tender, amount } = entry.body.payment;
  return [{ of: entry.id, tender, amount }];
}

/** Per tender, with what was said later of tenders that were entered wrongly. */
function correctedSums(moves: readonly TenderMove[], entries: readonly DeviceEntry[]): Map<Tender, Money> {
  const sums = new Map<Tender, Money>();
  const ids = new Set(moves.map(({ of }) => of));
  for (const { tender, amount } of moves) addTo(sums, tender, amount);
  for (const entry of entries) {
    if (entry.kind !== 'tender-correction' || !ids.has(entry.body.sale)) continue;
    addTo(sums, entry.body.from, subtractMoney(ZERO, entry.body.amount));
    addTo(sums, entry.body.to, entry.body.amount);
  }
  return sums;
}

/** Payments that wait for somebody to match them, of sales and of credit paid back, oldest first. */
function unconfirmedOf(inShift: readonly DeviceEntry[], entries: readonly DeviceEntry[]) {
  const settled = new Set(
    entries.flatMap((entry) =>
      entry.kind === 'payment-confirmed' || entry.kind === 'tender-correction'
        ? [`${entry.body.sale} ${entry.body.payment}`]
        : [],
    ),
  );
  return inShift
    .flatMap((entry) =>
      paymentsOf(entry).flatMap(({ confirmed, amount }, payment) =>
        confirmed || settled.has(`${entry.id} ${payment}`) ? [] : [{ sale: entry.id, payment, amount }],
      ),
    )
    .slice(0, Z_UNCONFIRMED_MAX);
}

function paymentsOf({ kind, body }: DeviceEntry): readonly Payment[] {
  if (kind === 'sale') return body.payments;
  return kind === 'credit-payment' ? [body.payment] : [];
}

/** Lines that were taken out of a cart since the shift was opened (REP21). */
function countVoids(entries: readonly DeviceEntry[], shift: ShiftId) {
  const opened = entries.findIndex((entry) => entry.kind === 'shift-open' && entry.body.shift === shift);
  const voids = entries
    .slice(Math.max(0, opened))
    .flatMap((entry) => (entry.kind === 'approval' && entry.body.action === 'void-line' ? [entry.body] : []));
  return { count: voids.length, amount: addMoney(...voids.map(({ amount }) => amount ?? ZERO)) };
}

/** What was sold while no shift was open. Its cash lay in the drawer when the float was counted. */
function countOutside(entries: readonly DeviceEntry[]) {
  const receipts = entries.filter(isReceipt).filter((entry) => shiftOf(entry) === undefined);
  const { sales, refunds } = countReceipts(receipts);
  return { sales, refunds, total: perpetualOf(receipts) };
}

function addTo<Key>(sums: Map<Key, Money>, key: Key, amount: Money): void {
  sums.set(key, addMoney(sums.get(key) ?? ZERO, amount));
}

/** In the order of the keys, so that the same entries always give the same bytes. */
function listOf<Key extends string, Value, Item>(
  sums: Map<Key, Value>,
  itemOf: (key: Key, value: Value) => Item,
): Item[] {
  const keys = [...sums.keys()].sort();
  return keys.map((key) => itemOf(key, sums.get(key) as Value));
}

/** What was counted, from the pieces of each note and coin. Throws RangeError where it leaves the safe integers. */
export function piecesTotal(pieces: readonly { readonly value: Money; readonly count: number }[]): Money {
  return addMoney(...pieces.map(({ value, count }) => money(value * count)));
}

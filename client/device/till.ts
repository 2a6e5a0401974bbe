import type { BodyOf, DeviceEntry, DeviceEntryKind } from '../../schema/entry/entry.ts';
import type { Payment } from '../../schema/entry/payment.ts';
import { type CartId, type EntryId, type PersonId, splitEntryId, type TillCode } from '../../schema/ids.ts';
import type { DeviceIdentity } from '../../schema/protocol/enrol.ts';
import { buildReceipt, type Cart, type ReceiptRules } from '../../schema/receipt.ts';
import { RECEIPT_NUMBER } from '../../schema/receipt-number.ts';
import { refundRules } from '../../schema/refund.ts';
import { fail, ok, type Result } from '../../schema/result.ts';
import { roundingOf } from '../../schema/settle-payments.ts';
import type { BranchJournal } from '../store/branch-journal.ts';
import type { CompanyBook } from '../store/company-book.ts';
import type { EntryOf, Journal } from '../store/journal.ts';
import type { SellFault, Till } from './device.ts';
import { goesBeyond, knownRefunds } from './known-refunds.ts';
import { type LeaveDeps, lackingLeave } from './lacking-leave.ts';
import type { Live } from './live.ts';
import { createCartCheck, createPricing, findBodyFault, findSealedFault } from './sell-check.ts';
import { inShift } from './shift-acts.ts';
import type { TillShares } from './till-shares.ts';
import { Refused, writeEntry, written } from './write-entry.ts';

export interface TillDeps extends LeaveDeps {
  readonly identity: DeviceIdentity;
  readonly journal: Journal;
  readonly branchJournal: BranchJournal;
  readonly company: CompanyBook;
  readonly active: Live<boolean>;
  /** False when the disk might not take another entry. */
  readonly hasRoom: () => boolean;
  readonly version: Live<number>;
  /** True when the server answers for the own entry of this seq. */
  readonly isAcknowledged: (seq: number) => boolean;
  /** True when, as far as known here, another device was paid this cart. */
  readonly isPaidElsewhere: (cart: CartId) => boolean;
  readonly shares: TillShares;
}

/** Selling and moving stock on this device. Everything is answered from memory and its own disk (I11). */
export function createTill(deps: TillDeps): Till {
  const { journal, identity } = deps;
  const place = (receiptNo: number) => ({
    till: identity.till,
    generation: identity.generation,
    receiptNo,
    ...inShift(journal.index.shift().open),
  });
  /** Carts whose entry is being written: a second tap on Pay is not a second sale. */
  const beingSold = new Set<CartId>();
  const findCartFault = createCartCheck();
  const pricedOf = createPricing();
  const findSoldFault = ({ cartId }: Cart): SellFault | null =>
    journal.index.isSold(cartId) || beingSold.has(cartId) ? { code: 'cart-sold' } : null;
  const findFault = (cart: Cart): SellFault | null => {
    const ready = findReady(deps);
    if (!ready.ok) return ready.error;
    const sold = findSoldFault(cart);
    if (sold) return sold;
    return findCartFault(cart, ready.value.rules, place(journal.index.receiptNo() + 1));
  };
  /** Before money is taken only: what was paid all the same is a fact, and flagged. */
  const findPaidFault = ({ cartId }: Cart): SellFault | null =>
    deps.isPaidElsewhere(cartId) ? { code: 'cart-paid-elsewhere' } : null;
  const lacks = (cart: Cart) => {
    const ready = findReady(deps);
    // What cannot be priced is refused for that.
    if (!ready.ok || pricedOf(cart, ready.value.rules) === null) return [];
    return lackingLeave(deps, { cart, ...ready.value, place: place(journal.index.receiptNo() + 1) });
  };
  const findLeaveFault = (cart: Cart): SellFault | null => (lacks(cart).length > 0 ? { code: 'not-approved' } : null);
  const findRoomFault = (): SellFault | null => (deps.hasRoom() ? null : { code: 'no-room' });
  const sellOrRefund = async <Kind extends 'sale' | 'refund'>(
    kind: Kind,
    cart: Cart,
    payments: readonly Payment[],
    more: Omit<BodyOf<Kind>, keyof BodyOf<'sale'>>,
    { then, rulesOf = (rules) => rules, findMore = () => null }: ReceiptWays,
  ): Promise<Result<EntryOf<Kind>, SellFault>> => {
    const ready = findReady(deps);
    // A sale's payment was taken after `check` had found room; money goes back only after a refund is written.
    if (!ready.ok) return ready;
    const fault = findSoldFault(cart) ?? (kind === 'refund' ? findRoomFault() : null);
    if (fault) return fail(fault);
    const { person } = ready.value;
    const rules = rulesOf(then ?? ready.value.rules);
    const priced = cart.lines.length > 0 ? pricedOf(cart, rules) : null;
    const rounding = priced && roundingOf(priced.totals.due, payments, rules.cashRounding);
    if (priced === null || rounding === null) return fail(findFault(cart) ?? { code: 'too-little-given' });
    const body = (receiptNo: number) =>
      ({
        ...buildReceipt(cart, rules, place(receiptNo), rounding, priced),
        payments,
        ...more,
      }) as unknown as BodyOf<Kind>;
    const ways = { isDone: () => journal.index.isSold(cart.cartId), prove: proofWith(findMore) };
    beingSold.add(cart.cartId);
    const sold = kind === 'sale' ? deps.shares.begin(cart) : () => undefined;
    try {
      const append = journal.append(kind, person, body, ways);
      return await written(append, () => findBodyFault(kind, body(journal.index.receiptNo() + 1)));
    } finally {
      sold();
      beingSold.delete(cart.cartId);
    }
  };
  const move = async <Kind extends Exclude<DeviceEntryKind, 'sale' | 'refund'>>(kind: Kind, body: BodyOf<Kind>) => {
    const isMoney = kind === 'cash-in' || kind === 'cash-out' || kind === 'credit-payment';
    const shift = () => (isMoney ? inShift(journal.index.shift().open) : {});
    return writeEntry(deps, kind, () => ({ ...shift(), ...body }) as BodyOf<Kind>);
  };
  const findReceipt = async (receipt: string) => {
    const own = journal.index.byReceipt(receipt);
    if (own !== undefined) return asReceipt(await readOwn(journal, own));
    return asReceipt(await findElsewhere(deps, receipt));
  };
  return {
    version: deps.version,
    check: (cart) =>
      findPaidFault(cart) ?? findFault(cart) ?? findRoomFault() ?? findLeaveFault(cart) ?? deps.shares.promise(cart),
    lacks,
    sell: (cart, payments, then) => sellOrRefund('sale', deps.shares.mark(cart), payments, {}, { then }),
    refund: async ({ cart, payments, original, reason, rules: then }) => {
      const sale = original && (await findReceipt(original.receipt));
      if (original && original.entry === undefined && !sale) return fail({ code: 'no-original' });
      const named = sale?.kind === 'sale' ? { entry: sale.id, receipt: sale.body.receipt } : original;
      const ways = sale?.kind === 'sale' ? await refundWays(deps, sale, cart) : {};
      return sellOrRefund(
        'refund',
        deps.shares.mark(cart),
        payments,
        { reason, ...(named ? { original: named } : {}) },
        { ...ways, then },
      );
    },
    receive: (body) => move('receive', body),
    adjust: (body) => move('adjust', body),
    record: move,
    recent: async (limit) => {
      const { seq } = journal.index.head();
      return (await journal.read(Math.max(1, seq - limit + 1), seq)).reverse();
    },
    findReceipt,
    safety: (id) => {
      const { deviceId, seq } = splitEntryId(id);
      // Another device's entry came from the server.
      return deviceId !== deps.identity.deviceId || deps.isAcknowledged(seq) ? 'server' : 'device';
    },
  };
}

/** What a sealed receipt must hold to be written: the server's own validator, and what only its kind asks. */
function proofWith(findMore: NonNullable<ReceiptWays['findMore']>) {
  return (entry: DeviceEntry): void => {
    const fault = findSealedFault(entry) ?? findMore(entry.body as BodyOf<'sale'>);
    if (fault) throw new Refused(fault);
  };
}

/** What differs between receipts. */
interface ReceiptWays {
  /** The rules that its money was computed with, where they may not be today's. */
  readonly then?: ReceiptRules | undefined;
  readonly rulesOf?: (rules: ReceiptRules) => ReceiptRules;
  readonly findMore?: (body: BodyOf<'sale'>) => SellFault | null;
}

/** A refund that names the lines it takes back gives what was paid for them; none takes back more than was sold. */
async function refundWays(deps: TillDeps, sale: EntryOf<'sale'>, { lines }: Cart): Promise<ReceiptWays> {
  const refunds = await knownRefunds(deps, sale);
  const isNamed = lines.every(({ originalLine }) => originalLine !== undefined);
  return {
    findMore: (body) => (goesBeyond(sale, refunds, body) ? { code: 'more-than-sold' } : null),
    ...(isNamed ? { rulesOf: (rules) => refundRules(rules, sale.body) } : {}),
  };
}

interface Ready {
  readonly person: PersonId;
  readonly rules: ReceiptRules;
}

/** A sale names a person and follows the shop's rules; a tab that was taken over writes nothing. */
function findReady({ active, company }: TillDeps): Result<Ready, SellFault> {
  const person = company.person.get();
  const rules = company.rules.get();
  if (!active.get()) return fail({ code: 'not-active' });
  if (person === undefined) return fail({ code: 'no-person' });
  if (rules === undefined) return fail({ code: 'no-settings' });
  return ok({ person: person.person, rules });
}

/** An own entry from disk. */
export async function readOwn(journal: Journal, id: EntryId): Promise<DeviceEntry | undefined> {
  const { seq } = splitEntryId(id);
  return (await journal.read(seq, seq))[0];
}

/** The receipt of another till: its code and generation name the device. */
async function findElsewhere({ company, branchJournal }: TillDeps, receipt: string): Promise<DeviceEntry | undefined> {
  if (!RECEIPT_NUMBER.test(receipt)) return undefined;
  const [till, generation, receiptNo] = receipt.split('-') as [TillCode, string, string];
  const device = company.devices.get().find((doc) => doc.till === till && doc.generation === Number(generation));
  return device && branchJournal.findReceipt(device.device, Number(receiptNo), receipt);
}

function asReceipt(entry: DeviceEntry | undefined): EntryOf<'sale' | 'refund'> | undefined {
  return entry?.kind === 'sale' || entry?.kind === 'refund' ? entry : undefined;
}

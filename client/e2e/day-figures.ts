import type { Booked, BookedLine } from './day-books.ts';

/** The figures of a day, added up from its entries by other means than the app's: line by line, in plain whole numbers. */

type Sums = Map<string, bigint>;

export interface DayFigures {
  readonly sales: number;
  readonly refunds: number;
  readonly discounts: bigint;
  readonly voids: readonly bigint[];
  readonly tenders: Sums;
  readonly taxes: Sums;
  readonly nets: Sums;
  readonly taxNames: ReadonlyMap<string, string>;
  readonly categories: Sums;
  readonly float: bigint;
  readonly cashIn: bigint;
  readonly cashOut: bigint;
  readonly creditPaid: bigint;
  /** Store credit paid back by anything but cash. */
  readonly paidBack: Sums;
  readonly expected: bigint;
  readonly unconfirmed: readonly bigint[];
  readonly perpetual: bigint;
}

/** Whole division with halves upwards; nothing here is negative. */
export function halfUp(amount: bigint, by: bigint): bigint {
  return (amount * 2n + by) / (by * 2n);
}

const add = (sums: Sums, key: string, amount: bigint) => sums.set(key, (sums.get(key) ?? 0n) + amount);
const sumOf = (amounts: readonly bigint[]) => amounts.reduce((sum, one) => sum + one, 0n);
const ofKind = (entries: readonly Booked[], ...kinds: string[]) => entries.filter(({ kind }) => kinds.includes(kind));
const sign = ({ kind }: Booked) => (kind === 'refund' ? -1n : 1n);

function off(base: bigint, discount: BookedLine['discount']): bigint {
  if (!discount) return 0n;
  if (discount.type === 'amount') return BigInt(discount.amount ?? 0);
  return halfUp(base * BigInt(discount.basisPoints ?? 0), 10_000n);
}

interface LineMoney {
  readonly promotion: bigint;
  readonly discount: bigint;
  /** Before the sale's own discount. */
  readonly base: bigint;
  readonly total: bigint;
}

function lineMoney(line: BookedLine): LineMoney {
  const gross = halfUp(BigInt(line.unitPrice) * BigInt(line.quantity), BigInt(line.unitScale ?? 1));
  const promotion = BigInt(line.promotion?.amount ?? 0);
  const discount = off(gross - promotion, line.discount);
  const base = gross - promotion - discount;
  return { promotion, discount, base, total: base - BigInt(line.saleDiscount ?? 0) };
}

/** What a receipt costs, from its lines and discounts alone. */
export function dueOf({ body }: Booked): bigint {
  const bases = sumOf(body.lines.map((line) => lineMoney(line).base));
  return bases - off(bases, body.discount);
}

/** All prices contain their tax: amount × rate ÷ (1 + rate). */
function taxIn(total: bigint, line: BookedLine, { body }: Booked): bigint {
  const { num, den } = body.taxes.find(({ id }) => id === line.taxId)?.rate ?? { num: 0, den: 1 };
  return halfUp(total * BigInt(num), BigInt(den + num));
}

function addReceipts(receipts: readonly Booked[]) {
  const [tenders, taxes, nets, categories]: Sums[] = [new Map(), new Map(), new Map(), new Map()];
  const discounts: bigint[] = [];
  const taxNames = new Map<string, string>();
  for (const receipt of receipts) {
    const { body } = receipt;
    for (const { id, name } of body.taxes) taxNames.set(id, name);
    discounts.push(sign(receipt) * off(sumOf(body.lines.map((line) => lineMoney(line).base)), body.discount));
    for (const { tender, amount } of body.payments) add(tenders as Sums, tender, sign(receipt) * BigInt(amount));
    for (const line of body.lines) {
      const { promotion, discount, total } = lineMoney(line);
      const tax = taxIn(total, line, receipt);
      discounts.push(sign(receipt) * (promotion + discount));
      add(taxes as Sums, line.taxId ?? 'none', sign(receipt) * tax);
      add(nets as Sums, line.taxId ?? 'none', sign(receipt) * (total - tax));
      add(categories as Sums, line.category ?? '', sign(receipt) * total);
    }
  }
  return { tenders, taxes, nets, taxNames, categories, discounts: sumOf(discounts) } as Pick<
    DayFigures,
    'tenders' | 'taxes' | 'nets' | 'taxNames' | 'categories' | 'discounts'
  >;
}

function unconfirmedOf(entries: readonly Booked[]): readonly bigint[] {
  const settled = ofKind(entries, 'payment-confirmed', 'tender-correction').map(
    ({ body }) => `${body.sale} ${String(body.payment)}`,
  );
  return ofKind(entries, 'sale').flatMap(({ id, body }) =>
    body.payments
      .filter(({ confirmed }, place) => !confirmed && !settled.includes(`${id} ${place}`))
      .map(({ amount }) => BigInt(amount)),
  );
}

/** Adds up the entries of a device whose only shift is open or was just closed: all behind its opening belongs to it. */
export function figuresOf(entries: readonly Booked[]): DayFigures {
  const receipts = ofKind(entries, 'sale', 'refund');
  const amounts = (kind: string) => sumOf(ofKind(entries, kind).map(({ body }) => BigInt(body.amount)));
  const added = addReceipts(receipts);
  const float = BigInt(ofKind(entries, 'shift-open')[0]?.body.float ?? 0);
  const paidBack = ofKind(entries, 'credit-payment').map(({ body }) => body.payment as Booked['body']['payments'][0]);
  const creditPaid = sumOf(paidBack.filter(({ tender }) => tender === 'cash').map(({ amount }) => BigInt(amount)));
  const otherwise: Sums = new Map();
  for (const { tender, amount } of paidBack) if (tender !== 'cash') add(otherwise, tender, BigInt(amount));
  const [cashIn, cashOut] = [amounts('cash-in'), amounts('cash-out')];
  const voids = ofKind(entries, 'approval').filter(({ body }) => body.action === 'void-line');
  return {
    ...added,
    sales: ofKind(receipts, 'sale').length,
    refunds: ofKind(receipts, 'refund').length,
    voids: voids.map(({ body }) => BigInt(body.amount)),
    ...{ float, cashIn, cashOut, creditPaid, paidBack: otherwise },
    expected: float + (added.tenders.get('cash') ?? 0n) + cashIn + creditPaid - cashOut,
    unconfirmed: unconfirmedOf(entries),
    perpetual: sumOf(receipts.map((receipt) => sign(receipt) * dueOf(receipt))),
  };
}

import type { BodyOf } from './entry/entry.ts';
import { addMoney, type Money, money, subtractMoney, ZERO } from './money.ts';
import type { Language } from './protocol/error.ts';
import { type ReceiptBlock, RULE, row, start, strongRow, subRow, withoutEmptyParts } from './receipt-block.ts';
import { paperNumber } from './receipt-format.ts';
import type { PaperTerms } from './receipt-print.ts';
import { NO_TAX } from './tax.ts';

/** The words of a shift's report. */
const WORDS = {
  id: {
    sales: 'Penjualan',
    refunds: 'Pengembalian',
    discounts: 'Diskon dan promo',
    tax: 'Pajak',
    net: 'Dasar pajak',
    none: 'Tanpa kategori',
    float: 'Modal awal',
    cashIn: 'Kas masuk',
    cashOut: 'Kas keluar',
    untaxed: 'Tanpa pajak',
    creditPaid: 'Kasbon dibayar tunai',
    paidBack: 'Kasbon dibayar',
    expected: 'Kas seharusnya',
    counted: 'Kas dihitung',
    difference: 'Selisih',
    unconfirmed: 'Belum dikonfirmasi',
    confirmedHere: 'Hanya yang dikonfirmasi di perangkat ini; lihat daftar pembayaran.',
    voids: 'Baris dibatalkan',
    rounding: 'Pembulatan',
    outside: 'Di luar shift',
    perpetual: 'Total berjalan',
  },
  en: {
    sales: 'Sales',
    refunds: 'Refunds',
    discounts: 'Discounts and promotions',
    tax: 'Tax',
    net: 'Taxed amount',
    none: 'No category',
    float: 'Float',
    cashIn: 'Cash in',
    cashOut: 'Cash out',
    untaxed: 'Untaxed',
    creditPaid: 'Store credit paid in cash',
    paidBack: 'Store credit paid',
    expected: 'Cash expected',
    counted: 'Cash counted',
    difference: 'Difference',
    unconfirmed: 'Not yet confirmed',
    confirmedHere: 'Confirmed here only; see the list of payments.',
    voids: 'Lines voided',
    rounding: 'Rounding',
    outside: 'Outside a shift',
    perpetual: 'Running total',
  },
} as const satisfies Record<Language, Record<string, string>>;

/** An X report has the figures of a Z report before it is an entry: nothing is counted yet. */
export type ReportFigures = Omit<BodyOf<'shift-close'>, 'zNo' | 'countedCash'> & { readonly countedCash?: Money };

/**
 * The figures of a shift's report. `blind` leaves out what tells how much cash should be there, for who is still to count it.
 */
export function reportBlocks(body: ReportFigures, terms: PaperTerms, blind = false): ReceiptBlock[] {
  const { amount, language, words } = terms;
  const say = WORDS[language];
  const count = (number: number) => paperNumber(number, 0, language);
  const optional = (label: string, value: Money | undefined, sign: 1 | -1 = 1) =>
    value ? [row(label, amount(money(sign * value)))] : [];
  return withoutEmptyParts([
    row(say.sales, count(body.sales)),
    row(say.refunds, count(body.refunds)),
    ...optional(say.discounts, addMoney(body.discounts ?? ZERO, body.promotions ?? ZERO)),
    ...(body.voids?.count ? [row(`${say.voids} (${count(body.voids.count)})`, amount(body.voids.amount))] : []),
    ...optional(say.rounding, body.rounding),
    RULE,
    ...body.tenders
      .filter(({ tender }) => !(blind && tender === 'cash'))
      .map((one) => row(words.tender[one.tender], amount(one.amount))),
    RULE,
    ...body.taxes.flatMap((tax) => taxRows(tax, say, amount)),
    RULE,
    ...body.categories.map((one) => row(one.category || say.none, amount(one.total))),
    RULE,
    ...optional(say.float, body.float),
    ...optional(say.cashIn, body.cashIn),
    ...optional(say.cashOut, body.cashOut, -1),
    ...optional(say.creditPaid, body.creditPaid),
    ...(body.paidBack ?? [])
      .filter(({ tender }) => tender !== 'cash')
      .map((one) => row(`${say.paidBack}, ${words.tender[one.tender]}`, amount(one.amount))),
    ...(blind ? [] : [row(say.expected, amount(body.expectedCash))]),
    ...countedRows(body, say, amount),
    ...unconfirmedRows(body, say, terms),
    ...(body.outside && body.outside.sales + body.outside.refunds > 0
      ? [row(`${say.outside} (${count(body.outside.sales + body.outside.refunds)})`, amount(body.outside.total))]
      : []),
    RULE,
    ...(blind ? [] : [row(say.perpetual, amount(body.perpetualTotal))]),
  ]);
}

/** A tax that a report of an earlier version does not name is told by its id. */
function taxRows(
  { taxId, name, net, tax }: ReportFigures['taxes'][number],
  say: (typeof WORDS)[Language],
  amount: PaperTerms['amount'],
): ReceiptBlock[] {
  if (taxId === NO_TAX.id) return [row(say.untaxed, amount(net))];
  return [row(name ?? `${say.tax} ${taxId}`, amount(tax)), subRow(say.net, amount(net))];
}

function countedRows(
  { countedCash, expectedCash }: ReportFigures,
  say: (typeof WORDS)[Language],
  amount: PaperTerms['amount'],
): ReceiptBlock[] {
  if (countedCash === undefined) return [];
  const difference = subtractMoney(countedCash, expectedCash);
  return [row(say.counted, amount(countedCash)), strongRow(say.difference, amount(difference))];
}

function unconfirmedRows({ unconfirmed = [] }: ReportFigures, say: (typeof WORDS)[Language], { amount }: PaperTerms) {
  if (unconfirmed.length === 0) return [];
  const sum = unconfirmed.reduce((all, one) => all + one.amount, 0);
  return [row(`${say.unconfirmed} (${unconfirmed.length})`, amount(money(sum))), start(say.confirmedHere)];
}

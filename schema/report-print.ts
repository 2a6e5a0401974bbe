import type { BodyOf } from './entry/entry.ts';
import { type Money, money, subtractMoney } from './money.ts';
import type { Language } from './protocol/error.ts';
import { type ReceiptBlock, RULE, row, strongRow, subRow } from './receipt-block.ts';
import { paperNumber } from './receipt-format.ts';
import type { PaperTerms } from './receipt-print.ts';

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
    creditPaid: 'Kasbon dibayar tunai',
    expected: 'Kas seharusnya',
    counted: 'Kas dihitung',
    difference: 'Selisih',
    unconfirmed: 'Belum dikonfirmasi',
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
    creditPaid: 'Store credit paid in cash',
    expected: 'Cash expected',
    counted: 'Cash counted',
    difference: 'Difference',
    unconfirmed: 'Not yet confirmed',
    perpetual: 'Running total',
  },
} as const satisfies Record<Language, Record<string, string>>;

/** The figures of a shift's Z report; an X report has the same before it is an entry. */
export function reportBlocks(body: BodyOf<'shift-close'>, terms: PaperTerms): ReceiptBlock[] {
  const { amount, language, words } = terms;
  const say = WORDS[language];
  const count = (number: number) => paperNumber(number, 0, language);
  const optional = (label: string, value: Money | undefined, sign: 1 | -1 = 1) =>
    value ? [row(label, amount(money(sign * value)))] : [];
  return [
    row(say.sales, count(body.sales)),
    row(say.refunds, count(body.refunds)),
    ...optional(say.discounts, body.discounts),
    RULE,
    ...body.tenders.map((one) => row(words.tender[one.tender], amount(one.amount))),
    RULE,
    ...body.taxes.flatMap((tax) => [row(`${say.tax} ${tax.taxId}`, amount(tax.tax)), subRow(say.net, amount(tax.net))]),
    RULE,
    ...body.categories.map((one) => row(one.category || say.none, amount(one.total))),
    RULE,
    ...optional(say.float, body.float),
    ...optional(say.cashIn, body.cashIn),
    ...optional(say.cashOut, body.cashOut, -1),
    ...optional(say.creditPaid, body.creditPaid),
    row(say.expected, amount(body.expectedCash)),
    row(say.counted, amount(body.countedCash)),
    strongRow(say.difference, amount(subtractMoney(body.countedCash, body.expectedCash))),
    ...unconfirmedRows(body, say.unconfirmed, terms),
    RULE,
    row(say.perpetual, amount(body.perpetualTotal)),
  ];
}

function unconfirmedRows({ unconfirmed = [] }: BodyOf<'shift-close'>, label: string, { amount }: PaperTerms) {
  if (unconfirmed.length === 0) return [];
  const sum = unconfirmed.reduce((all, one) => all + one.amount, 0);
  return [row(`${label} (${unconfirmed.length})`, amount(money(sum)))];
}

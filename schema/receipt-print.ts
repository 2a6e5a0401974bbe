import type { DeviceEntry } from './entry/entry.ts';
import type { Payment } from './entry/payment.ts';
import type { Refund, Sale } from './entry/sale.ts';
import { type Currency, type Money, money, ZERO } from './money.ts';
import type { Language } from './protocol/error.ts';
import {
  headline,
  middle,
  type ReceiptBlock,
  RULE,
  row,
  start,
  strongRow,
  subRow,
  withoutEmptyParts,
} from './receipt-block.ts';
import { paperAmount, paperMoney, paperTime } from './receipt-format.ts';
import { lineBlocks } from './receipt-lines.ts';
import { receiptQr } from './receipt-qr.ts';
import { sumBlocks } from './receipt-sums.ts';
import { RECEIPT_WORDS, type ReceiptWords } from './receipt-words.ts';
import { reportBlocks } from './report-print.ts';

/** The kinds of entries that go onto paper. */
export type PrintableEntry = Extract<DeviceEntry, { kind: 'sale' | 'refund' | 'credit-payment' | 'shift-close' }>;

/** What stands above and below every receipt. */
export interface ReceiptShop {
  readonly name: string;
  readonly branch: string;
  readonly address?: readonly string[] | undefined;
  readonly phone?: string | undefined;
  /** More lines above, e.g. the tax number; more below, e.g. how long goods may come back. */
  readonly header?: readonly string[] | undefined;
  readonly footer?: readonly string[] | undefined;
  readonly currency: Currency;
}

/** All that a receipt says besides its entry. */
export interface ReceiptContext {
  readonly shop: ReceiptShop;
  readonly language: Language;
  /** Minutes that the shop's clock stands before Greenwich's at the time of the entry. */
  readonly offsetMinutes: number;
  /** The name of the entry's person. */
  readonly cashier: string;
  /** 0 for the first print; 1 and more for each that came after it. */
  readonly copy: number;
  /** The author's signature beside the entry, for the code at its end. */
  readonly signature?: string | undefined;
}

/** A paper in the words and amounts of its currency. */
export interface PaperTerms {
  readonly words: ReceiptWords;
  readonly amount: (amount: Money) => string;
  readonly money: (amount: Money) => string;
  readonly language: Language;
}

/** What a receipt or report says, from top to bottom: the same on a screen, on paper of any width and in a PDF. */
export function receiptBlocks(entry: PrintableEntry, context: ReceiptContext): ReceiptBlock[] {
  const terms = termsOf(entry, context);
  const blocks = [
    ...shopBlocks(context.shop, terms.words),
    RULE,
    ...headBlocks(entry, context, terms.words),
    RULE,
    ...bodyBlocks(entry, terms),
    RULE,
    ...(entry.kind === 'shift-close' ? [] : footBlocks(entry, context, terms.words)),
  ];
  return withoutEmptyParts(blocks);
}

function termsOf(entry: PrintableEntry, { shop, language }: ReceiptContext): PaperTerms {
  const currency = 'currency' in entry.body ? entry.body.currency : shop.currency;
  return {
    words: RECEIPT_WORDS[language],
    language,
    amount: (amount) => paperAmount(amount, currency, language),
    money: (amount) => paperMoney(amount, currency, language),
  };
}

function shopBlocks({ name, branch, address = [], phone, header = [] }: ReceiptShop, words: ReceiptWords) {
  const phoned = phone ? [`${words.phone} ${phone}`] : [];
  return [headline(name), ...[branch, ...address, ...phoned, ...header].filter((text) => text !== '').map(middle)];
}

function headBlocks(entry: PrintableEntry, context: ReceiptContext, words: ReceiptWords): ReceiptBlock[] {
  const { body, kind } = entry;
  const number = 'receipt' in body ? body.receipt : String('zNo' in body ? body.zNo : entry.seq);
  const original = kind === 'refund' ? entry.body.original?.receipt : undefined;
  const reason = kind === 'refund' ? entry.body.reason : '';
  const customer = customerOf(entry);
  return [
    ...(kind === 'sale' ? [] : [headline(words.title[kind].toUpperCase())]),
    ...(context.copy > 0 ? [headline(`*** ${words.copy} ${context.copy} ***`)] : []),
    row(`${words.number} ${number}`, paperTime(entry.at, context.offsetMinutes)),
    start(`${words.cashier}: ${context.cashier}`),
    ...(customer ? [start(`${words.customer}: ${customer}`)] : []),
    ...(original ? [start(`${words.refundOf} ${original}`)] : []),
    ...(reason ? [start(`${words.reason}: ${reason}`)] : []),
  ];
}

function customerOf(entry: PrintableEntry): string | undefined {
  if (entry.kind === 'credit-payment') return entry.body.name;
  return entry.kind === 'shift-close' ? undefined : entry.body.customer?.name;
}

function bodyBlocks(entry: PrintableEntry, terms: PaperTerms): ReceiptBlock[] {
  switch (entry.kind) {
    case 'shift-close':
      return reportBlocks(entry.body, terms);
    case 'credit-payment':
      return [
        strongRow(terms.words.total, terms.money(entry.body.payment.amount)),
        ...paymentBlocks(entry.body.payment, 1, terms),
      ];
    default:
      return saleBlocks(entry, terms);
  }
}

function saleBlocks({ kind, body }: Sale | Refund, terms: PaperTerms): ReceiptBlock[] {
  const sign = kind === 'sale' ? 1 : -1;
  return [
    ...body.lines.flatMap((line) => lineBlocks(line, body.rounding, terms)),
    RULE,
    ...sumBlocks(kind, body, terms),
    ...body.payments.flatMap((payment) => paymentBlocks(payment, sign, terms)),
    ...(body.note ? [start(`${terms.words.note}: ${body.note}`)] : []),
  ];
}

/** One payment with what the customer should be able to prove of it; of a card only its last four digits are known. */
function paymentBlocks(payment: Payment, sign: 1 | -1, { words, amount }: PaperTerms): ReceiptBlock[] {
  const { tender, card, change = ZERO, confirmed } = payment;
  const name = [words.tender[tender], card && `${card.brand} ****${card.last4}`, sign < 0 && words.back];
  const code = card?.approval || payment.reference;
  return [
    row(name.filter(Boolean).join(' '), amount(payment.tendered ?? payment.amount)),
    ...(change > 0 ? [row(words.change, amount(money(change)))] : []),
    ...(code ? [subRow(`${words.approval} ${code}`, '')] : []),
    ...(confirmed ? [] : [subRow(`(${words.unconfirmed})`, '')]),
  ];
}

function footBlocks(entry: PrintableEntry, context: ReceiptContext, words: ReceiptWords): ReceiptBlock[] {
  const { footer } = context.shop;
  return [
    ...(footer?.length ? footer : [words.thanks]).map(middle),
    { kind: 'qr', code: receiptQr(entry.id, context.signature) },
  ];
}

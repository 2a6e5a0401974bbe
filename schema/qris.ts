import { crc16 } from './crc16.ts';
import { EMV_VALUE_MAX, type EmvField, readEmvFields, writeEmvFields } from './emv-tlv.ts';
import type { Currency, Money } from './money.ts';
import { fail, ok, type Result } from './result.ts';

/** Characters of a QRIS text; EMVCo allows 512. */
export const QRIS_LENGTH_MAX = 512;
/** Characters of the reference that a code carries (EMVCo MPM 1.1, table 3.8). */
export const QRIS_REFERENCE_MAX = 25;
/** Characters of an amount, decimal point included. */
const AMOUNT_MAX = 13;

/** Why a text is not a QRIS code that a shop can hang up, or one that takes this amount. */
export type QrisFault =
  | 'too-long'
  | 'not-tlv'
  /** The checksum is missing, not last, or not that of the text: a character was lost or changed. */
  | 'bad-checksum'
  | 'not-emv'
  /** A payment code of another country or currency. */
  | 'foreign'
  | 'no-merchant'
  /** Made for one payment: the amount is in it already. */
  | 'not-static'
  | 'bad-amount'
  | 'bad-reference';

/** What a person checks: whose code it is. */
export interface Qris {
  readonly merchant: string;
  readonly city: string;
  readonly fields: readonly EmvField[];
}

/** Ids of EMVCo's data objects. */
const ID = {
  format: '00',
  initiation: '01',
  currency: '53',
  amount: '54',
  country: '58',
  merchant: '59',
  city: '60',
  additional: '62',
  checksum: '63',
} as const;
/** Within the additional data: the merchant's reference of one payment. */
const REFERENCE_LABEL = '05';
const STATIC = '11';
const DYNAMIC = '12';
/** ISO 4217 number and ISO 3166 code of what QRIS moves. */
const RUPIAH = '360';
const INDONESIA = 'ID';

/**
 * Reads the shop's static QRIS: EMVCo's structure and checksum, rupiah, Indonesia, a merchant account, and no amount in it.
 * Source: EMVCo QR Code Specification, Merchant-Presented Mode 1.1; Bank Indonesia's QRIS is a profile of it.
 */
export function readStaticQris(text: string): Result<Qris, QrisFault> {
  const read = readChecked(text);
  if (!read.ok) return read;
  const value = (id: string) => read.value.find((field) => field.id === id)?.value;
  if (value(ID.format) !== '01') return fail('not-emv');
  if (value(ID.currency) !== RUPIAH || value(ID.country) !== INDONESIA) return fail('foreign');
  const merchant = value(ID.merchant);
  if (merchant === undefined || !read.value.some(isMerchantAccount)) return fail('no-merchant');
  if ((value(ID.initiation) ?? STATIC) !== STATIC || value(ID.amount) !== undefined) return fail('not-static');
  return ok({ merchant, city: value(ID.city) ?? '', fields: read.value });
}

/** The fields of a text whose checksum is right and last. */
function readChecked(text: string): Result<EmvField[], QrisFault> {
  if (text.length > QRIS_LENGTH_MAX) return fail('too-long');
  const read = readEmvFields(text);
  if (!read.ok) return read;
  const last = read.value.at(-1);
  const isRight = last?.id === ID.checksum && last.value === crc16(text.slice(0, -last.value.length));
  return isRight ? ok(read.value) : fail('bad-checksum');
}

/** Accounts stand in 02 to 51. */
function isMerchantAccount({ id }: EmvField): boolean {
  return id >= '02' && id <= '51';
}

export interface QrisWish {
  readonly amount: Money;
  readonly currency: Currency;
  /** Finds the payment again: letters, digits and dashes. */
  readonly reference: string;
}

/**
 * The code of one payment from the shop's static one: point of initiation 12, the amount and a reference in it. All other
 * fields stay, those of a tip (55 to 57) and of the terminal too. Needs no network.
 */
export function qrisWithAmount(text: string, { amount, currency, reference }: QrisWish): Result<string, QrisFault> {
  const read = readStaticQris(text);
  if (!read.ok) return read;
  const price = amountText(amount, currency);
  if (price === null) return fail('bad-amount');
  if (!/^[0-9A-Za-z-]{1,25}$/.test(reference)) return fail('bad-reference');
  const additional = withReference(read.value.fields.find(({ id }) => id === ID.additional)?.value ?? '', reference);
  if (additional === null) return fail('too-long');
  const changed: EmvField[] = [
    { id: ID.initiation, value: DYNAMIC },
    { id: ID.amount, value: price },
    { id: ID.additional, value: additional },
  ];
  const code = sealed(replaceFields(read.value.fields, changed));
  return code.length > QRIS_LENGTH_MAX ? fail('too-long') : ok(code);
}

/** In order of their ids, as in the specification's example; the checksum is made anew. */
function replaceFields(fields: readonly EmvField[], changed: readonly EmvField[]): EmvField[] {
  const ids = new Set<string>([ID.checksum, ...changed.map(({ id }) => id)]);
  const kept = fields.filter(({ id }) => !ids.has(id));
  return [...kept, ...changed].sort((left, right) => Number(left.id) - Number(right.id));
}

function sealed(fields: readonly EmvField[]): string {
  const text = `${writeEmvFields(fields)}${ID.checksum}04`;
  return text + crc16(text);
}

/** Null where the bank's own data leave no room. */
function withReference(additional: string, reference: string): string | null {
  const read = readEmvFields(additional);
  if (!read.ok) return null;
  const kept = read.value.filter(({ id }) => id !== REFERENCE_LABEL);
  const fields = [...kept, { id: REFERENCE_LABEL, value: reference }];
  const text = writeEmvFields(fields.sort((left, right) => Number(left.id) - Number(right.id)));
  return [...text].length > EMV_VALUE_MAX ? null : text;
}

/** Digits, with a point where the currency has smaller parts; null for nothing and for what does not fit. */
function amountText(amount: Money, { digits }: Currency): string | null {
  if (amount <= 0) return null;
  const whole = String(amount).padStart(digits + 1, '0');
  const text = digits === 0 ? whole : `${whole.slice(0, -digits)}.${whole.slice(-digits)}`;
  return text.length > AMOUNT_MAX ? null : text;
}

import { holdsCardNumber } from '../../schema/card-number.ts';
import type { Payment } from '../../schema/entry/payment.ts';
import { fail, ok, type Result } from '../../schema/result.ts';

/** What Indonesian terminals print, the national scheme first. */
export const CARD_BRANDS = ['GPN', 'Visa', 'Mastercard', 'JCB', 'Amex'] as const;

/** More digits in a row than any approval code or last digits have: somebody typed the card's number. */
const DIGITS_TOO_MANY = 12;
/** Characters of an approval code. */
const APPROVAL_MAX = 20;

/** What a person typed from the terminal's slip. */
export interface CardSlip {
  readonly brand: string;
  readonly last4: string;
  readonly approval: string;
}

/** Null for a slip that nobody could read; a card's number is refused wherever it was typed. */
export function readCardSlip(
  slip: CardSlip,
): Result<Payment['card'] | null, 'card-number' | 'four-digits' | 'too-long'> {
  const [last4, approval] = [slip.last4.trim(), slip.approval.trim()];
  if ([last4, approval].some(isCardNumber)) return fail('card-number');
  if (approval.length > APPROVAL_MAX) return fail('too-long');
  if (last4 === '' && approval === '') return ok(null);
  return /^\d{4}$/.test(last4) ? ok({ brand: slip.brand, last4, approval }) : fail('four-digits');
}

function isCardNumber(text: string): boolean {
  return (
    holdsCardNumber(text) ||
    text
      .replace(/[ -]/g, '')
      .match(/\d+/g)
      ?.some((run) => run.length >= DIGITS_TOO_MANY) === true
  );
}

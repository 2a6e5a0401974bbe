import { type Money, ZERO } from './money.ts';
import { fail, ok, type Result } from './result.ts';

/** No price is above this many minor units: a barcode in the price column is more. */
const PRICE_MAX = 1_000_000_000_000;

/**
 * A price as an amount in minor units, e.g. "2.55" with two digits is 255. Thousands may be grouped where that is not mistaken for a
 * decimal point: "12.500" is twelve thousand five hundred rupiah, and no price in pounds.
 */
export function readPrice(text: string, digits: number): Result<Money, string> {
  const bad = fail(`bad price "${text.trim().slice(0, 40)}"`);
  const plain = ungroup(text.trim(), digits);
  const match = /^(\d{1,15})(?:[.,](\d+))?$/.exec(plain);
  if (!match) return bad;
  const [, whole = '', fraction = ''] = match;
  const [kept, dropped] = [fraction.slice(0, digits).padEnd(digits, '0'), fraction.slice(digits)];
  if (/[^0]/.test(dropped)) return bad;
  const amount = Number(whole + kept);
  return amount <= PRICE_MAX ? ok((amount + ZERO) as Money) : bad;
}

function ungroup(text: string, digits: number): string {
  if (digits === 0 && /^\d{1,3}([.,]\d{3})+$/.test(text)) return text.replace(/[.,]/g, '');
  if (/^\d{1,3}(,\d{3})+\.\d+$/.test(text)) return text.replaceAll(',', '');
  if (/^\d{1,3}(\.\d{3})+,\d+$/.test(text)) return text.replaceAll('.', '');
  return text;
}

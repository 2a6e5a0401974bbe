/**
 * The check digit of a price or weight inside a barcode, for four or five digits (GS1 General Specifications, section 7.9.3). Each
 * digit is replaced by its weighted one: `2-` is 2 × d less its tens, `3` is 3 × d, `5-` is 5 × d less its tens and `5+` is 5 × d plus
 * its tens, each by its last digit.
 */
type Weight = '2-' | '3' | '5-' | '5+';

const FOUR: readonly Weight[] = ['2-', '2-', '3', '5-'];
const FIVE: readonly Weight[] = ['5+', '2-', '5-', '5+', '2-'];

/** The check digit of a value of four or five digits. Throws RangeError for another length. */
export function priceCheckDigit(value: string): number {
  if (!/^\d{4,5}$/.test(value)) throw new RangeError(`A price check digit needs four or five digits, not ${value}.`);
  const weights = value.length === 4 ? FOUR : FIVE;
  const sum = [...value].reduce((all, digit, at) => all + weigh(Number(digit), weights[at] as Weight), 0);
  if (value.length === 4) return (sum * 3) % 10;
  const missing = (10 - (sum % 10)) % 10;
  return [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].find((digit) => weigh(digit, '5-') === missing) ?? 0;
}

function weigh(digit: number, weight: Weight): number {
  const product = digit * Number(weight[0]);
  const tens = Math.floor(product / 10);
  const carried = { '2-': -tens, '3': 0, '5-': -tens, '5+': tens }[weight];
  return (product + carried + 10) % 10;
}

/** A price read from text: whole pence, and whether digits behind the pence were rounded away. */
export interface Pence {
  readonly pence: number;
  readonly rounded: boolean;
}

const DECIMAL = /^([+-]?)(\d*)(?:[.,](\d*))?$/;

/**
 * Reads `2.55`, `-0.1`, `2,55` or `1e-3` as pence without passing through a binary fraction; halves go away from zero.
 * Null for anything else.
 */
export function readPence(text: string): Pence | null {
  const plain =
    /e/i.test(text) && text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text).toFixed(10) : text.trim();
  const match = DECIMAL.exec(plain);
  if (match === null) return null;
  const [, sign = '', whole = '', fraction = ''] = match;
  if (whole === '' && fraction === '') return null;
  return fromDigits(sign === '-', whole, fraction);
}

function fromDigits(negative: boolean, whole: string, fraction: string): Pence | null {
  const kept = Number(`${whole}${fraction.padEnd(2, '0').slice(0, 2)}`);
  const rest = fraction.slice(2);
  const pence = kept + (Number(rest[0] ?? '0') >= 5 ? 1 : 0);
  if (!Number.isSafeInteger(pence)) return null;
  return { pence: negative && pence !== 0 ? -pence : pence, rounded: /[1-9]/.test(rest) };
}

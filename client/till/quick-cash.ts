import type { Currency, Money } from '../../schema/money.ts';

/** Notes in circulation, in minor units of trade, by ISO 4217 code. */
const NOTES: Readonly<Record<string, readonly number[]>> = {
  IDR: [1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000],
  EUR: [5_00, 10_00, 20_00, 50_00, 100_00],
  GBP: [5_00, 10_00, 20_00, 50_00],
  USD: [1_00, 5_00, 10_00, 20_00, 50_00, 100_00],
};

/** More buttons than this are slower to read than typing. */
const CHOICES_MAX = 5;

/**
 * Amounts a customer is likely to hand over: the exact sum first, then the sum rounded up to each note, ascending,
 * without repeats. Where these are too many, those that take the most notes go. Currencies that are not listed round to 1, 2 and 5 times
 * powers of ten of their main unit.
 */
export function quickCash(due: Money, currency: Currency): Money[] {
  if (due <= 0) return [due];
  const notes = NOTES[currency.code] ?? roundNotes(due, currency);
  const rounded = new Set(notes.map((note) => Math.ceil(due / note) * note));
  rounded.delete(due);
  const fewestNotes = [...rounded].sort((a, b) => countNotes(a, notes) - countNotes(b, notes) || a - b);
  return [due, ...fewestNotes.slice(0, CHOICES_MAX - 1).sort((a, b) => a - b)] as Money[];
}

/** How many notes make an amount, the largest first. */
function countNotes(amount: number, notes: readonly number[]): number {
  let count = 0;
  let rest = amount;
  for (const note of notes.toReversed()) {
    count += Math.floor(rest / note);
    rest %= note;
  }
  return count;
}

function roundNotes(due: number, { digits }: Currency): number[] {
  const unit = 10 ** digits;
  const steps = Array.from({ length: 6 }, (_, power) => [1, 2, 5].map((step) => step * unit * 10 ** power)).flat();
  return steps.filter((note) => note <= due * 10);
}

import type { Currency, Money } from '../../schema/money.ts';

/** Notes and coins in circulation, greatest first, in minor units of trade, by ISO 4217 code. */
const PIECES: Readonly<Record<string, readonly number[]>> = {
  IDR: [100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100],
  EUR: [200_00, 100_00, 50_00, 20_00, 10_00, 5_00, 2_00, 1_00, 50, 20, 10, 5, 2, 1],
  GBP: [50_00, 20_00, 10_00, 5_00, 2_00, 1_00, 50, 20, 10, 5, 2, 1],
  USD: [100_00, 50_00, 20_00, 10_00, 5_00, 2_00, 1_00, 50, 25, 10, 5, 1],
};

/** What a drawer is counted in; empty for a currency that is not listed: then the sum is typed. */
export function cashPieces({ code }: Currency): readonly Money[] {
  return (PIECES[code] ?? []) as readonly Money[];
}

/** How many, as typed: nothing is 0, and what is no whole number of 0 or more is null. */
export function parseCount(typed: string): number | null {
  const text = typed.trim();
  if (text === '') return 0;
  const count = /^\d{1,6}$/.test(text) ? Number(text) : null;
  return count;
}

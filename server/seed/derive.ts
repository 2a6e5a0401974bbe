import type { Currency, Money } from '../../schema/money.ts';
import type { Category } from './categories.ts';
import { stableNumber } from './stable-number.ts';

/** Invented prices are multiples of this many rupiah. */
const RUPIAH_STEP = 500;
/** Roughly how many rupiah make one unit of a currency with so many digits; only to give plausible figures. */
const RUPIAH_PER_MAIN_UNIT: Readonly<Record<number, number>> = { 0: 100, 2: 20_000, 3: 50_000 };
const FEWEST = 5;
const MOST = 60;

/**
 * An invented price within a category's range, always the same for a barcode; in the currency's minor unit. Cheap goods are
 * commoner than dear ones.
 */
export function derivePrice(barcode: string, category: Category, currency: Currency): Money {
  const steps = Math.floor((category.high - category.low) / RUPIAH_STEP);
  const [one, other] = ['price', 'price again'].map((purpose) => stableNumber(barcode, purpose, steps + 1));
  const rupiah = category.low + Math.min(one ?? 0, other ?? 0) * RUPIAH_STEP;
  if (currency.code === 'IDR') return rupiah as Money;
  const minor = (rupiah / (RUPIAH_PER_MAIN_UNIT[currency.digits] ?? 20_000)) * 10 ** currency.digits;
  return (Math.max(1, Math.round(minor / 5)) * 5) as Money;
}

/** An invented opening quantity, always the same for a barcode. */
export function deriveQuantity(barcode: string): number {
  return FEWEST + stableNumber(barcode, 'stock', MOST - FEWEST + 1);
}

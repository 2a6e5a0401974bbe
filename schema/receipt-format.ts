import type { Currency, Money } from './money.ts';
import type { Language } from './protocol/error.ts';

/**
 * Money, quantities and times as they stand on paper: plain characters that every printer has, the same on every device whatever its
 * browser knows of languages.
 */
const MARKS: Readonly<Record<Language, { readonly group: string; readonly point: string }>> = {
  id: { group: '.', point: ',' },
  en: { group: ',', point: '.' },
};
/** Currencies with a sign that every printer has; others are named by their code. */
const SIGNS: Readonly<Record<string, string>> = { IDR: 'Rp', USD: '$' };
const MINUTE_MS = 60_000;

/** An integer of 10^-digits units, grouped by thousands: (1500000, 0) is `1.500.000` in Indonesian. */
export function paperNumber(amount: number, digits: number, language: Language): string {
  const { group, point } = MARKS[language];
  const text = String(Math.abs(amount)).padStart(digits + 1, '0');
  const whole = text.slice(0, text.length - digits).replace(/\B(?=(\d{3})+$)/g, group);
  const rest = digits === 0 ? '' : `${point}${text.slice(-digits)}`;
  return `${amount < 0 ? '-' : ''}${whole}${rest}`;
}

/** Money without its currency, for columns of amounts. */
export function paperAmount(amount: Money, currency: Currency, language: Language): string {
  return paperNumber(amount, currency.digits, language);
}

/** Money with its currency: `Rp 15.000`. */
export function paperMoney(amount: Money, currency: Currency, language: Language): string {
  return `${SIGNS[currency.code] ?? currency.code} ${paperAmount(amount, currency, language)}`;
}

/** A quantity in the unit that the price is for: `12`, or `0,350 kg` for 350 of scale 1000. Scales are powers of ten. */
export function paperQuantity(amount: number, unitScale: number, language: Language): string {
  const text = paperNumber(amount, String(unitScale).length - 1, language);
  return unitScale === 1 ? text : `${text} kg`;
}

/** `25/11/2026 16:30` where the shop's clock stands `offsetMinutes` before Greenwich's. */
export function paperTime(at: number, offsetMinutes: number): string {
  const time = new Date(at + offsetMinutes * MINUTE_MS);
  const two = (part: number) => String(part).padStart(2, '0');
  const day = `${two(time.getUTCDate())}/${two(time.getUTCMonth() + 1)}/${time.getUTCFullYear()}`;
  return `${day} ${two(time.getUTCHours())}:${two(time.getUTCMinutes())}`;
}

/**
 * Tells a barcode scanner from a person. A scanner that works as a keyboard types its whole barcode in one burst and
 * ends with Enter; no person types as fast.
 */

/** Longest pause between two characters of one burst, in milliseconds. People who type fast pause for 80 and more. */
export const BURST_GAP_MS_MAX = 60;
/** Shorter bursts could be two keys that a hand hit at once. */
export const BURST_LENGTH_MIN = 5;
/** A barcode has at most 32 characters (schema/product.ts), the code of a receipt 46 (schema/receipt-qr.ts). */
const BURST_LENGTH_MAX = 46;

export interface Burst {
  readonly text: string;
  /** When its last character came, in milliseconds of the events' own clock. */
  readonly at: number;
}

export const NO_BURST: Burst = { text: '', at: Number.NEGATIVE_INFINITY };

export type ScanStep =
  | { readonly type: 'none'; readonly burst: Burst }
  | { readonly type: 'typing'; readonly burst: Burst }
  | { readonly type: 'scan'; readonly burst: Burst; readonly barcode: string };

/** One more key. `scan` when it was the Enter that ends a burst. Pure. */
export function takeKey(burst: Burst, key: string, at: number): ScanStep {
  const quick = at - burst.at <= BURST_GAP_MS_MAX;
  if (key === 'Enter') {
    if (quick && burst.text.length >= BURST_LENGTH_MIN) return { type: 'scan', burst: NO_BURST, barcode: burst.text };
    return { type: 'none', burst: NO_BURST };
  }
  // Scanners hold Shift for capitals: that key is no character and no end.
  if (key === 'Shift') return { type: 'none', burst };
  if (!/^[!-~]$/.test(key)) return { type: 'none', burst: NO_BURST };
  const text = quick ? burst.text + key : key;
  return { type: 'typing', burst: { text: text.slice(-BURST_LENGTH_MAX - 1), at } };
}

/**
 * The barcode that a burst belongs to. A slow scanner's first characters may stand in the search field already, as if
 * typed: then both together are the barcode, unless the burst alone is one.
 */
export function wholeBarcode(burst: string, before: string, isKnown: (barcode: string) => boolean): string {
  const whole = before.trim() + burst;
  if (before.trim() === '' || isKnown(burst)) return burst;
  return isKnown(whole) || /^\d+$/.test(whole) ? whole : burst;
}

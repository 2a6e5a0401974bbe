import type { TillCode } from './ids.ts';

/**
 * The number printed on a receipt: `<till>-<generation>-<receiptNo>`, e.g. `K1-1-42`. `receiptNo` counts sales and
 * refunds of one device without gaps (I5); the generation makes it unique when a till gets a new device.
 */
export function receiptNumber(till: TillCode, generation: number, receiptNo: number): string {
  return `${till}-${generation}-${receiptNo}`;
}

export const RECEIPT_NUMBER = /^[A-Z][A-Z0-9]{0,7}-[1-9]\d{0,9}-[1-9]\d{0,9}$/;

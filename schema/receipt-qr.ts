import { base32FromBytes, type DeviceId, type EntryId, entryId, entryIdShape, SEQ_MAX, splitEntryId } from './ids.ts';
import { fail, ok, type Result } from './result.ts';

/**
 * The code at a receipt's end: `LACI1-<device>-<seq>-<mark>`, in the characters that make the smallest QR code and that every hand scanner
 * types right (upper case, digits, dashes).
 *
 * The mark is {@link MARK_LENGTH} characters made from the first bytes of the entry's signature: 60 bits. Whoever holds the entry compares it with
 * the whole signature. It proves that the paper was made by somebody who had seen the signed entry: numbers cannot be guessed or counted up
 * to forge a receipt. It proves nothing of the amounts on the paper (those of the entry count) and is no proof without the entry.
 */
export interface ReceiptQr {
  readonly entry: EntryId;
  /** Missing where the entry had no signature. */
  readonly mark?: string;
}

/** Five bits each. */
export const MARK_LENGTH = 12;

const CODE = /^LACI1-([0-9A-HJKMNP-TV-Z]{16})-([1-9]\d{0,9})(?:-([0-9A-HJKMNP-TV-Z]{12}))?$/;
const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** The code of an entry, with the mark of its signature where there is one. */
export function receiptQr(id: EntryId, signature?: string): string {
  const { deviceId, seq } = splitEntryId(id);
  const mark = signature === undefined ? [] : [signatureMark(signature)];
  return ['LACI1', deviceId, seq, ...mark].join('-').toUpperCase();
}

/** True for what only such a code can be, so that a search does not take it for a name. */
export function isReceiptQr(text: string): boolean {
  return /^LACI1-/i.test(text.trim());
}

/** Reads a scanned or typed code. Keyboards may have changed its case. */
export function parseReceiptQr(text: string): Result<ReceiptQr, 'unreadable'> {
  const [, device, digits, mark] = CODE.exec(text.trim().toUpperCase()) ?? [];
  const seq = Number(digits);
  if (device === undefined || seq > SEQ_MAX) return fail('unreadable');
  const entry = entryIdShape.parse(entryId(device.toLowerCase() as DeviceId, seq));
  return ok(mark === undefined ? { entry } : { entry, mark });
}

/** Does a code's mark belong to this signature? `unknown` where the code or the entry has none. */
export function checkReceiptQr({ mark }: ReceiptQr, signature: string | undefined): 'right' | 'wrong' | 'unknown' {
  if (mark === undefined || signature === undefined) return 'unknown';
  return mark === signatureMark(signature).toUpperCase() ? 'right' : 'wrong';
}

function signatureMark(signature: string): string {
  return base32FromBytes(
    Uint8Array.from({ length: MARK_LENGTH }, (_, index) => Math.max(0, BASE64URL.indexOf(signature[index] ?? 'A'))),
  );
}

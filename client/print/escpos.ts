import type { PaperLine } from '../../schema/receipt-layout.ts';
import { narrowText } from '../../schema/text-columns.ts';

/** Bytes for a printer that understands ESC/POS, as nearly all receipt printers do. */

/** Lines between the last text and the knife of common printers. */
const FEED_BEFORE_CUT = 4;
/** DLE EOT 4: what does the paper sensor say? DLE EOT 2: why are you off line? (Epson ESC/POS reference) */
export const ASK_PAPER: Uint8Array<ArrayBuffer> = Uint8Array.of(0x10, 0x04, 0x04);
export const ASK_COVER: Uint8Array<ArrayBuffer> = Uint8Array.of(0x10, 0x04, 0x02);
/** Both paper-end bits of the first answer; the cover's of the second. */
const PAPER_END = 0x60;
const COVER_OPEN = 0x04;
/** Bits 1 and 4 are set in every answer, 0 and 7 in none: anything else is no answer. */
const FIXED_BITS = 0x93;
const FIXED_VALUE = 0x12;

export interface EscposWish {
  readonly columns: number;
  /** Opens the cash drawer first, so that nobody waits for the paper. */
  readonly drawer: boolean;
}

/** Lines as bytes: start, drawer, text, code, cut. The encoder is loaded at the first print. */
export async function encodeEscpos(lines: readonly PaperLine[], { columns, drawer }: EscposWish) {
  const { default: Encoder } = await import('@point-of-sale/receipt-printer-encoder');
  const encoder = new Encoder({ language: 'esc-pos', columns, feedBeforeCut: FEED_BEFORE_CUT, errors: 'relaxed' });
  encoder.initialize().codepage('auto');
  if (drawer) encoder.pulse();
  for (const line of lines) {
    if (line.kind === 'qr')
      encoder.align('center').qrcode(line.code, { model: 2, size: 6, errorlevel: 'm' }).align('left');
    else encoder.bold(line.strong).line(narrowText(line.text));
  }
  if (lines.length > 0) encoder.bold(false).cut('partial');
  return Uint8Array.from(encoder.encode());
}

/** What the answers of a printer say; null where nothing speaks against printing. */
export function readStatus(paper: number | null, cover: number | null): 'paper-out' | 'cover-open' | null {
  if (isAnswer(cover) && (cover & COVER_OPEN) !== 0) return 'cover-open';
  return isAnswer(paper) && (paper & PAPER_END) !== 0 ? 'paper-out' : null;
}

function isAnswer(byte: number | null): byte is number {
  return byte !== null && (byte & FIXED_BITS) === FIXED_VALUE;
}

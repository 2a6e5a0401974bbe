import type { ReceiptBlock } from './receipt-block.ts';
import { centreColumns, pairColumns, wrapColumns } from './text-columns.ts';

/** Columns of the usual fonts on the two widths of paper, in millimetres. */
export const PAPER_COLUMNS = { 58: 32, 80: 48 } as const;
export type PaperWidth = keyof typeof PAPER_COLUMNS;

/** One line as it goes to a printer: of at most as many columns as the paper has, or the code that ends a receipt. */
export type PaperLine =
  | { readonly kind: 'text'; readonly text: string; readonly strong: boolean }
  | { readonly kind: 'qr'; readonly code: string };

const INDENT = '  ';

/** Puts blocks into lines of at most `columns` columns. No amount is ever cut; what is too long goes over several lines. */
export function layOutReceipt(blocks: readonly ReceiptBlock[], columns: number): PaperLine[] {
  return blocks.flatMap((block) => layOutBlock(block, columns));
}

function layOutBlock(block: ReceiptBlock, columns: number): PaperLine[] {
  switch (block.kind) {
    case 'qr':
      return [block];
    case 'rule':
      return textLines(['-'.repeat(columns)]);
    case 'text':
      return textLines(
        wrapColumns(block.text, columns).map((text) => (block.at === 'middle' ? centreColumns(text, columns) : text)),
        block.strong,
      );
    case 'row':
      return textLines(layOutRow(block, columns), block.strong);
  }
}

function layOutRow({ label, amount, indent }: Extract<ReceiptBlock, { kind: 'row' }>, columns: number): string[] {
  const edge = indent ? INDENT : '';
  const room = columns - edge.length;
  const lines = amount === '' ? wrapColumns(label, room) : pairColumns(label, amount, room);
  return lines.map((line) => edge + line);
}

function textLines(texts: readonly string[], strong = false): PaperLine[] {
  return texts.map((text) => ({ kind: 'text', text, strong }));
}

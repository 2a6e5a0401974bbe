/**
 * One part of a printed receipt or report, before anybody knows how wide the paper is. Screens draw the blocks; `receipt-layout.ts` puts them
 * into columns.
 */
export type ReceiptBlock =
  | { readonly kind: 'text'; readonly text: string; readonly at: 'start' | 'middle'; readonly strong?: true }
  /** A word and an amount at the two edges of the paper; `indent` for what belongs to the row above. */
  | {
      readonly kind: 'row';
      readonly label: string;
      readonly amount: string;
      readonly indent?: true;
      readonly strong?: true;
    }
  | { readonly kind: 'rule' }
  | { readonly kind: 'qr'; readonly code: string };

export function middle(text: string): ReceiptBlock {
  return { kind: 'text', text, at: 'middle' };
}

export function start(text: string): ReceiptBlock {
  return { kind: 'text', text, at: 'start' };
}

/** A text in the middle that nobody should miss. */
export function headline(text: string): ReceiptBlock {
  return { kind: 'text', text, at: 'middle', strong: true };
}

export function row(label: string, amount: string): ReceiptBlock {
  return { kind: 'row', label, amount };
}

/** A row that belongs to the one above it. */
export function subRow(label: string, amount: string): ReceiptBlock {
  return { kind: 'row', label, amount, indent: true };
}

/** The figure that people look for. */
export function strongRow(label: string, amount: string): ReceiptBlock {
  return { kind: 'row', label, amount, strong: true };
}

export const RULE: ReceiptBlock = { kind: 'rule' };

/** A part with nothing in it leaves no second rule. */
export function withoutEmptyParts(blocks: readonly ReceiptBlock[]): ReceiptBlock[] {
  return blocks.filter((block, index) => block.kind !== 'rule' || blocks[index + 1]?.kind !== 'rule');
}

import { holdsCardNumber } from './card-number.ts';

/** The free texts of a cart or of an entry's body. */
interface FreeTexts {
  readonly note?: string | undefined;
  readonly reason?: string | undefined;
  readonly customer?: string | { readonly name: string } | undefined;
  readonly lines?: readonly object[] | undefined;
}

/**
 * Where a card number stands in what a person typed: `note`, `reason`, `customer`, or a line from 1; null when nowhere. Names and
 * barcodes of products were not typed at the till; an open item's name was.
 */
export function findTypedCard(entryBody: object): string | null {
  const body: FreeTexts = entryBody;
  if (holdsCardNumber(body.note ?? '')) return 'note';
  if (holdsCardNumber(body.reason ?? '')) return 'reason';
  if (typeof body.customer === 'object' && holdsCardNumber(body.customer.name)) return 'customer';
  const line = (body.lines ?? []).findIndex((one) => lineHoldsCard(one));
  return line === -1 ? null : String(line + 1);
}

interface TypedLine {
  readonly productId?: string;
  readonly name?: string;
  readonly note?: string;
}

function lineHoldsCard({ productId, name, note }: TypedLine): boolean {
  return holdsCardNumber(note ?? '') || (productId === undefined && holdsCardNumber(name ?? ''));
}

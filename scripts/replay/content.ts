import { createHash } from 'node:crypto';
import type { Entry } from '../../schema/entry/entry.ts';
import type { PlannedEntry } from './plan.ts';

/** An entry as one replica holds it, reduced to what the plan can be held against. */
export interface ObservedEntry {
  readonly id: string;
  /** Null for an entry that no plan names. */
  readonly key: string | null;
  readonly content: string;
}

type Says = readonly [part: string, lines: readonly (readonly (string | number)[])[]];
type BarcodeOf = (productId: string) => string;

/** What a planned entry must say, as one short text. */
export function plannedContent({ part, lines }: PlannedEntry): string {
  const said = lines.map(({ barcode, quantity, price }) => {
    if (part === 'correction') return [quantity * price];
    return part === 'adjust' ? [barcode, quantity] : [barcode, quantity, price];
  });
  return digest([part, said]);
}

/** What a written entry says, in the same form. Products are named by barcode, because their ids are the server's. */
export function observeEntry(entry: Entry, barcodeOf: BarcodeOf): ObservedEntry {
  return { id: entry.id, key: keyIn(entry), content: digest(saysOf(entry, barcodeOf)) };
}

function saysOf(entry: Entry, barcodeOf: BarcodeOf): Says {
  switch (entry.kind) {
    case 'sale':
    case 'refund':
      return [
        entry.kind,
        entry.body.lines.map((line) => [barcodeOf(line.productId ?? ''), line.quantity, line.unitPrice]),
      ];
    case 'adjust':
      return ['adjust', entry.body.lines.map((line) => [barcodeOf(line.productId), line.delta])];
    case 'cash-in':
      return ['correction', [[entry.body.amount]]];
    case 'cash-out':
      return ['correction', [[-entry.body.amount]]];
    default:
      return [entry.kind, []];
  }
}

function keyIn(entry: Entry): string | null {
  if (entry.kind === 'sale' || entry.kind === 'refund') return entry.body.cartId;
  if (entry.kind === 'adjust' || entry.kind === 'cash-in' || entry.kind === 'cash-out')
    return keyInReason(entry.body.reason);
  return null;
}

/** A reason with the entry's key behind it, for entries that have no cart. */
export function markReason(reason: string, key: string): string {
  return `${reason} [${key}]`;
}

function keyInReason(reason: string): string | null {
  return /\[([0-9A-Za-z_-]+)\]$/.exec(reason)?.[1] ?? null;
}

function digest(says: Says): string {
  return createHash('sha256').update(JSON.stringify(says)).digest('base64url').slice(0, 16);
}

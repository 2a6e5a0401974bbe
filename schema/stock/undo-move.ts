import type { BodyOf, DeviceEntry } from '../entry/entry.ts';
import type { Quantity } from '../quantity.ts';
import { goodsMoved } from './effect.ts';

/** Kinds of movements that an opposite adjustment takes back. */
const UNDONE: ReadonlySet<string> = new Set(['receive', 'adjust', 'waste', 'transfer-out', 'transfer-in']);

/**
 * The adjustment that takes a movement back, without its reason: what it added is taken out and what it took out is added, on its transfer
 * too. Null for what moved no stock, and for what takes something back itself.
 */
export function undoOf(entry: DeviceEntry): Omit<BodyOf<'adjust'>, 'reason'> | null {
  if (!UNDONE.has(entry.kind) || (entry.kind === 'adjust' && entry.body.undoes)) return null;
  const lines = goodsMoved(entry).map(({ productId, delta }) => ({ productId, delta: -delta as Quantity }));
  if (lines.length === 0) return null;
  const transfer = transferOf(entry);
  return { lines, undoes: entry.id, ...(transfer ? { transfer } : {}) };
}

function transferOf(entry: DeviceEntry): BodyOf<'adjust'>['transfer'] {
  switch (entry.kind) {
    case 'transfer-out':
      return { transferId: entry.body.transferId, branch: entry.body.toBranch };
    case 'transfer-in':
      return { transferId: entry.body.transferId, branch: entry.body.fromBranch };
    case 'adjust':
      return entry.body.transfer;
    default:
      return undefined;
  }
}

import type { ServerEntry } from '../../schema/entry/entry.ts';
import { readDeviceEntry } from '../../schema/entry/entry.ts';
import type { JournalChange } from '../store/store.ts';

/**
 * The sale or refund that other systems are told of by a stored entry: itself, or what a release counts in its stead, under the id at which
 * that stands; null for everything else. One that came late is told of twice, under one id.
 */
export function toldReceipt(stored: JournalChange): JournalChange | null {
  if (stored.verdict !== 'accepted') return null;
  if (isReceipt(stored)) return stored;
  if (stored.kind !== 'release') return null;
  const { body } = JSON.parse(stored.json) as Extract<ServerEntry, { kind: 'release' }>;
  const read = readDeviceEntry(body.readable);
  if (!read.ok || !isReceipt(read.value)) return null;
  const { kind, at } = read.value;
  return { ...stored, id: body.target, kind, at, json: JSON.stringify(read.value) };
}

function isReceipt({ kind }: { readonly kind: string }): boolean {
  return kind === 'sale' || kind === 'refund';
}

import { canonicalJson } from '../../schema/canonical-json.ts';
import type { BodyOf, DeviceEntryKind } from '../../schema/entry/entry.ts';
import type { OwnEntry } from './journal.ts';

/**
 * The last entry of which the disk told neither that it took it nor that it did not: told to a person as not written, it may be there all
 * the same, and then the same wish must not be written a second time.
 */
export interface HiddenEntry {
  current: OwnEntry | null;
}

/** True when a wish is the one that this entry was written for: the same cart, or the same words. */
export function isSameWish<Kind extends DeviceEntryKind>(entry: OwnEntry, kind: Kind, body: BodyOf<Kind>): boolean {
  if (entry.kind !== kind) return false;
  if (entry.kind !== 'sale' && entry.kind !== 'refund') return canonicalJson(entry.body) === canonicalJson(body);
  return entry.body.cartId === (body as BodyOf<'sale'>).cartId;
}

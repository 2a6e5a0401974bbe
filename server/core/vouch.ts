import { entryId } from '../../schema/ids.ts';
import { type EntrySignature, entrySignatureShape } from '../../schema/signature.ts';
import { sureCheck } from '../../schema/sure-check.ts';
import type { PlacedRow } from './judge-row.ts';

/** Names a row by what it claims to be. */
export function rowKey({ id, hash }: { readonly id: string; readonly hash: string }): string {
  return `${id} ${hash}`;
}

const isSignature = sureCheck(entrySignatureShape);

/** The signatures of a push by the row they are for. What is none is passed over. */
export function readSignatures(signatures: readonly unknown[]): ReadonlyMap<string, string> {
  const known = new Map<string, string>();
  for (const each of signatures) {
    if (!isSignature(each)) continue;
    const signed = each as EntrySignature;
    known.set(rowKey(signed), signed.signature);
  }
  return known;
}

/**
 * The rows of one author that a signature proves: those it stands at, and by the chain all before them. From the last row
 * back, one check at the head of each run is enough. A row vouches for the one before it only where its hash holds:
 * otherwise its `prev` is anybody's word.
 */
export function vouchRows(rows: readonly PlacedRow[], isSigned: (row: PlacedRow) => boolean): ReadonlySet<string> {
  const vouched = new Set<string>();
  const refuted = new Set<string>();
  const fromLast = rows.toSorted((left, right) => right.seq - left.seq || Number(right.holds) - Number(left.holds));
  for (const row of fromLast) {
    const key = rowKey(row.place);
    if (refuted.has(key)) continue;
    if (!vouched.has(key) && !isSigned(row)) refuted.add(key);
    else {
      vouched.add(key);
      if (row.holds && row.seq > 1)
        vouched.add(rowKey({ id: entryId(row.deviceId, row.seq - 1), hash: row.place.prev }));
    }
  }
  return vouched;
}

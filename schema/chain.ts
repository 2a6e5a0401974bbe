import { canonicalJson } from './canonical-json.ts';
import type { BodyOf, DeviceEntryKind, Entry, EntryKind, Head } from './entry/entry.ts';
import { ENTRY_VERSION, GENESIS_HASH } from './entry/header.ts';
import { sha256Hex } from './hash.ts';
import { type BranchId, type DeviceId, entryId, type Hash, type PersonId } from './ids.ts';

/** A chain before its first entry. */
export const EMPTY_HEAD: Head = { seq: 0, hash: GENESIS_HASH };

/** What the writer of an entry says; place and hash are added by {@link sealEntry}. */
export interface EntryDraft<Kind extends EntryKind = DeviceEntryKind> {
  readonly deviceId: DeviceId;
  readonly branch: BranchId;
  readonly person: PersonId;
  /** Milliseconds since 1970 by the device's clock. */
  readonly at: number;
  readonly kind: Kind;
  readonly body: BodyOf<Kind>;
}

/** Gives a draft its place behind `head` and closes it with its hash. */
export function sealEntry<Kind extends EntryKind>(draft: EntryDraft<Kind>, head: Head): Extract<Entry, { kind: Kind }> {
  const seq = head.seq + 1;
  const { deviceId, branch, person, at, kind, body } = draft;
  const open = {
    v: ENTRY_VERSION,
    id: entryId(deviceId, seq),
    deviceId,
    seq,
    branch,
    prev: head.hash,
    at,
    person,
    kind,
    body,
  };
  return { ...open, hash: entryHash(open) } as unknown as Extract<Entry, { kind: Kind }>;
}

/** What an entry's hash covers: its canonical JSON without its `hash` and `signature`. Throws TypeError on what JSON cannot say. */
export function hashedText(entry: object): string {
  const { hash: _hash, signature: _signature, ...covered } = entry as { hash?: unknown; signature?: unknown };
  return canonicalJson(covered);
}

/** SHA-256 over what an entry's hash covers. Throws TypeError on what JSON cannot say. */
export function entryHash(entry: object): Hash {
  return sha256Hex(hashedText(entry));
}

/**
 * True when the entry's hash is the hash of its content. Content that JSON cannot say has no hash, so none holds. `sha256` may be the
 * machine's own, which is faster than one that runs everywhere.
 */
export function hashHolds(entry: { readonly hash: Hash }, sha256: (text: string) => string = sha256Hex): boolean {
  try {
    return sha256(hashedText(entry)) === entry.hash;
  } catch {
    return false;
  }
}

/** What the chain needs of an entry, readable or not. */
export interface ChainLink {
  readonly seq: number;
  readonly prev: Hash;
  readonly hash: Hash;
}

/** What is wrong with a chain, and at which entry. */
export interface ChainFault {
  readonly seq: number;
  readonly fault: 'gap' | 'prev' | 'hash';
}

/**
 * Checks entries that follow `head` in order. Gives the first fault, or null when every link and every hash holds.
 * An entry in `unreadable` keeps its place: checking goes on from its claimed hash.
 */
export function findChainFault(
  entries: readonly ChainLink[],
  head: Head = EMPTY_HEAD,
  unreadable: ReadonlySet<number> = new Set(),
): ChainFault | null {
  let last = head;
  for (const entry of entries) {
    if (entry.seq !== last.seq + 1) return { seq: entry.seq, fault: 'gap' };
    if (entry.prev !== last.hash) return { seq: entry.seq, fault: 'prev' };
    if (!unreadable.has(entry.seq) && !hashHolds(entry)) return { seq: entry.seq, fault: 'hash' };
    last = { seq: entry.seq, hash: entry.hash };
  }
  return null;
}

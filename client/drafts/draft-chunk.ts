import type * as Automerge from '@automerge/automerge/slim';
import type { DraftChunk } from '../../schema/draft.ts';
import type { DeviceId, Hash } from '../../schema/ids.ts';
import { fromBase64 } from './base64.ts';
import { DRAFT_OPS_MAX } from './draft-content.ts';

export type AutomergeApi = typeof Automerge;

/** One change as Automerge has it, with its hash. */
export interface ReadChange {
  readonly hash: Hash;
  readonly bytes: Uint8Array;
}

/** An Automerge chunk: four bytes that name it, four of its hash, and what it is; 0 is a whole document. */
const SUM_AT = 4;
const TYPE_AT = 8;
const WHOLE = 0;
/** Hexadecimal characters that tell one opening of a device from another. */
export const SESSION_LENGTH = 8;
const ACTOR = /^[0-9a-f]{40}$/;

/** What every actor of a device begins with: its id, in hexadecimal. */
export function actorOf(device: DeviceId): string {
  return hexOf(Array.from(device, (letter) => letter.charCodeAt(0)));
}

function hexOf(bytes: Iterable<number>): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * The changes of a chunk. Throws where it is not what Automerge writes, where a change names another device than the one that
 * pushed it, or where there is more in it than people make. A whole document has the changes of many.
 */
export function readChunk(automerge: AutomergeApi, { by, bytes }: DraftChunk): ReadChange[] {
  const raw = fromBase64(bytes);
  const isWhole = raw[TYPE_AT] === WHOLE;
  const changes = isWhole ? wholeChanges(automerge, raw) : [raw];
  return changes.map((change) => {
    const { hash, actor, seq, ops } = automerge.decodeChange(change);
    // Automerge looks at this only where it loads a whole document.
    if (!hash.startsWith(hexOf(change.subarray(SUM_AT, TYPE_AT)))) throw new Error('A damaged change.');
    const isSeed = seq === 1 && actor === SEED_ACTOR;
    if (!isSeed && (!ACTOR.test(actor) || (!isWhole && !actor.startsWith(actorOf(by)))))
      throw new Error('A change in the name of another device.');
    if (ops.length > DRAFT_OPS_MAX) throw new Error('A change of too many steps.');
    return { hash: hash as Hash, bytes: change };
  });
}

function wholeChanges(automerge: AutomergeApi, raw: Uint8Array): Uint8Array[] {
  const doc = automerge.load(raw);
  try {
    if (automerge.stats(doc).numOps > DRAFT_OPS_MAX) throw new Error('A document of too many steps.');
    return automerge.getAllChanges(doc);
  } finally {
    automerge.free(doc);
  }
}

/** The change that every draft begins with, the same on all devices: it is never sent. It makes the maps that rows and fields stand in. */
export const SEED = 'hW9Kg7Jp6moBOgAUAAAAAAAAAAAAAAAAAAAAAAAAAAABAQAAAAUVDTQBQgJWAnACfgRyb3dzBmZpZWxkcwICAAIAAgA=';
export const SEED_ACTOR = '0'.repeat(40);

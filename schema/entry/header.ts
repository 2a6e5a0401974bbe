import { z } from 'zod';
import { branchIdShape, deviceIdShape, entryIdShape, hashShape, personIdShape } from '../ids.ts';

/** The version of the entry schemas below. Changes are additive; every version ever written stays readable. */
export const ENTRY_VERSION = 1;

/**
 * What every entry carries. `hash` is SHA-256 over the canonical JSON of all other fields; `prev` is the hash of the
 * same device's entry before it, so that a changed byte anywhere breaks the chain behind it (I6).
 */
export const entryHeader = {
  v: z.int().min(1),
  id: entryIdShape,
  deviceId: deviceIdShape,
  /** 1, 2, 3 … without gaps per device. */
  seq: z.int().min(1),
  branch: branchIdShape,
  prev: hashShape,
  hash: hashShape,
  /** The device's clock, milliseconds since 1970: a claim, it orders nothing. */
  at: z.int(),
  person: personIdShape,
};

/** An entry schema of one kind. */
export function entryShape<Kind extends string, Body extends z.ZodObject>(kind: Kind, body: Body) {
  return z.object({ ...entryHeader, kind: z.literal(kind), body });
}

/** The previous hash of a device's first entry. */
export const GENESIS_HASH = hashShape.parse('0'.repeat(64));

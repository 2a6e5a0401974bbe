import { base32FromBytes } from '../../../schema/ids.ts';

/** Random characters of a commit's tag: 80 bits. */
const TAG_LENGTH = 16;

/** Tags drawn at once: the machine's random takes as long to ask for a thousand bytes as for sixteen, and every commit would wait for it. */
const DRAWN = 64;

/** Gives a new tag each time it is called. */
export function createTags(randomBytes: (count: number) => Uint8Array): () => string {
  let drawn = new Uint8Array();
  let used = 0;
  return () => {
    if (used === drawn.length) [drawn, used] = [Uint8Array.from(randomBytes(DRAWN * TAG_LENGTH)), 0];
    used += TAG_LENGTH;
    return base32FromBytes(drawn.subarray(used - TAG_LENGTH, used));
  };
}

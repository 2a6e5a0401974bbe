import type { Hash } from '../ids.ts';

/** One protocol version: what came with it, and the hash of all its shapes. */
export interface ProtocolVersion {
  readonly version: number;
  readonly what: string;
  /** Hash of the hashes of all wire shapes, entry shapes and collection schemas. */
  readonly shapes: Hash;
}

/**
 * Every version there ever was, newest last. A version that was released is never changed: whatever changes a shape is
 * additive, takes the next integer in `version.ts` and adds a line here.
 */
export const VERSION_HISTORY: readonly ProtocolVersion[] = [
  {
    version: 1,
    what: 'The first: pull, push of entries and edits, live, enrolment, status.',
    shapes: '620ca04f78dac12fbc76f39fa5c1654d6c80059a8394cb7ef55bbe67f0fe4fe1' as Hash,
  },
  {
    version: 2,
    what: 'Signatures beside entries, entries of other devices handed in, chain stubs, re-admission, heads, digests, epochs that the office sees.',
    shapes: '95425f154a71a8696f2c6dce211603b19b83c034f7d7ff2c3ea44c76c7aba943' as Hash,
  },
];

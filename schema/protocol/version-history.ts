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
    what: 'Signatures beside entries, entries of other devices handed in, chain stubs, re-admission, heads, digests, epochs that the office sees, windows of the branch journal.',
    shapes: '4076f78a84b0cd009e010fde9186e7aa72ec18834ac7a32030d08b1c6eadb876' as Hash,
  },
  {
    version: 3,
    what: 'What tills need beside selling: customers, store credit, promotions, approvals, shifts, exchanges, drafts.',
    shapes: '42534a0eb4b37082225a7b1fa78779ed60c5215455010aad2a008be9c667e5b9' as Hash,
  },
  {
    version: 4,
    what: 'What the office needs of stock: transfers told to the branch they go to, orders, prices of a branch.',
    shapes: '36fc318de813d04fd78cdf2b69f54956148e7e6885305281ff8ad868666ae271' as Hash,
  },
  {
    version: 5,
    what: 'Few own entries go over the live socket.',
    shapes: '27f2b0eba9a7f7a0e2edff0fdce008f2d85e11cd55c64544c56c3431b9270382' as Hash,
  },
];

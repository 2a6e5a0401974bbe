import fc from 'fast-check';
import { expect, test } from 'vitest';
import { draftChangeShape, mayChangeDraft, nextHeads, sameHeads } from './draft.ts';
import type { Hash } from './ids.ts';
import { DRAFT_BYTES_MAX } from './limits.ts';

const hash = (text: string) => text.repeat(64).slice(0, 64) as Hash;
const [a, b, c, d] = ['a', 'b', 'c', 'd'].map(hash) as [Hash, Hash, Hash, Hash];

test('[DRF3] a change takes the place of those it was made on, and stands beside all others', () => {
  expect(nextHeads([], { baseHeads: [], heads: [a] })).toEqual([a]);
  expect(nextHeads([a], { baseHeads: [a], heads: [b] })).toEqual([b]);
  expect(nextHeads([b], { baseHeads: [a], heads: [c] })).toEqual([b, c]);
  expect(nextHeads([c, b], { baseHeads: [b, c], heads: [d] })).toEqual([d]);
});

test('[DRF3] where a draft stands is the same in whatever order concurrent changes arrive', () => {
  const heads = fc.uniqueArray(fc.constantFrom(b, c, d), { minLength: 1 });
  fc.assert(
    fc.property(heads, (made) => {
      const take = (order: readonly Hash[]) =>
        order.reduce((at, head) => nextHeads(at, { baseHeads: [a], heads: [head] }), [a]);
      expect(take(made)).toEqual(take(made.toReversed()));
      expect(sameHeads(take(made), made)).toBe(true);
    }),
  );
});

test('[DRF3] heads are the same in any order, and not when one is missing', () => {
  expect(sameHeads([a, b], [b, a])).toBe(true);
  expect(sameHeads([a, b], [a])).toBe(false);
  expect(sameHeads([a], [b])).toBe(false);
});

test('[DRF5] a change of more bytes than a draft may have is no change', () => {
  const change = { changeId: 'change-1', draftId: 'cart-of-sari', kind: 'cart', baseHeads: [], heads: [a] };
  const bytes = (size: number) => Buffer.alloc(size).toString('base64');
  expect(draftChangeShape.safeParse({ ...change, bytes: bytes(DRAFT_BYTES_MAX) }).success).toBe(true);
  expect(draftChangeShape.safeParse({ ...change, bytes: bytes(DRAFT_BYTES_MAX + 3) }).success).toBe(false);
});

test('[DRF6] carts are changed by tills and managers', () => {
  const roles = ['till', 'manager', 'developer'] as const;
  expect(roles.filter((role) => mayChangeDraft(role, 'cart'))).toEqual(['till', 'manager']);
});

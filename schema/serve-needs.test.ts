import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ApprovalNeed } from './approval.ts';
import type { EntryId } from './ids.ts';
import { unservedNeeds } from './serve-needs.ts';

const needOf = (...approvals: string[]): ApprovalNeed => ({
  action: 'price-override',
  approvals: approvals as EntryId[],
});
const always = () => true;

test('[ROLE9] one approval serves one of two needs, and two serve both, whichever was named first', () => {
  const [first, second] = [needOf('a'), needOf('a')];
  expect(unservedNeeds([first, second], always)).toEqual([second]);
  expect(unservedNeeds([needOf('a', 'b'), needOf('a')], always)).toEqual([]);
});

test('[ROLE9] an approval that does not reach as far serves nothing', () => {
  const need = needOf('a');
  expect(unservedNeeds([need], () => false)).toEqual([need]);
});

/** The most needs that approvals can serve, by trying everything. */
function mostServed([first, ...others]: readonly (readonly number[])[], taken: ReadonlySet<number>): number {
  if (first === undefined) return 0;
  const without = mostServed(others, taken);
  const withOne = first.filter((id) => !taken.has(id)).map((id) => 1 + mostServed(others, new Set([...taken, id])));
  return Math.max(without, ...withOne);
}

test('[ROLE9] as few needs are left as there can be', () => {
  const named = fc.array(fc.uniqueArray(fc.nat(4), { maxLength: 4 }), { maxLength: 6 });
  fc.assert(
    fc.property(named, (all) => {
      const needs = all.map((ids) => needOf(...ids.map(String)));
      expect(needs.length - unservedNeeds(needs, always).length).toBe(mostServed(all, new Set()));
    }),
  );
});

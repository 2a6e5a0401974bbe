import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Edit, mergeEdit } from './edit.ts';
import { differingKeys } from './merge-by-key.ts';

type Prices = Readonly<Record<string, number>>;
const rev = { epoch: 1, n: 5 };
const doc = (branchPrices?: Prices) => ({ rev, ...(branchPrices ? { branchPrices } : {}) });
const merge = (theirs: Prices | undefined, base: Prices | undefined, mine: unknown) =>
  mergeEdit(doc(theirs), {
    baseRevision: rev,
    base: base ? { branchPrices: base } : {},
    patch: { branchPrices: mine } as Edit['patch'],
  });

test.each([
  // what it is, theirs, base, mine, what is written
  ['the first price of a branch', undefined, undefined, { utara: 5 }, { utara: 5 }],
  ['another branch was changed', { utara: 5, selatan: 9 }, { utara: 5 }, { utara: 6 }, { utara: 6, selatan: 9 }],
  ['a price is taken away beside another', { utara: 5, selatan: 9 }, { utara: 5 }, {}, { selatan: 9 }],
  ['both took the same away', {}, { utara: 5 }, {}, {}],
  ['both say the same', { utara: 6 }, { utara: 5 }, { utara: 6 }, { utara: 6 }],
] as const)('[EDT19] %s', (_what, theirs, base, mine, written) => {
  expect(merge(theirs, base, mine)).toMatchObject({ fields: { branchPrices: written }, conflicts: [] });
});

test('[EDT19] the same branch at two prices is a conflict, and keeping mine keeps what else was changed', () => {
  const { conflicts, fields } = merge({ utara: 7, selatan: 9 }, { utara: 5 }, { utara: 6, timur: 1 });
  expect(fields).toEqual({});
  expect(conflicts).toEqual([
    {
      ...{ field: 'branchPrices', base: { utara: 5 }, theirs: { utara: 7, selatan: 9 } },
      mine: { utara: 6, selatan: 9, timur: 1 },
    },
  ]);
});

test.each([['5'], [5], [null], [[5]]])(
  '[EDT19] what is no record of prices is not taken for one without any: %s',
  (mine) => {
    expect(merge({ utara: 5 }, { utara: 5 }, mine).fields).toEqual({ branchPrices: mine });
  },
);

const anyPrices: fc.Arbitrary<Prices> = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.nat(3));
const change = (of: readonly string[]) =>
  fc.dictionary(fc.constantFrom(...of), fc.option(fc.nat(9), { nil: null })) as fc.Arbitrary<
    Readonly<Record<string, number | null>>
  >;
const apply = (prices: Prices, wish: Readonly<Record<string, number | null>>) =>
  Object.fromEntries(Object.entries({ ...prices, ...wish }).filter(([, price]) => price !== null)) as Prices;

test('[EDT19] two people who change different branches both have their way, in either order', () => {
  fc.assert(
    fc.property(anyPrices, change(['a', 'b']), change(['c', 'd']), (start, one, other) => {
      const both = (first: typeof one, second: typeof one) => {
        const after = merge(start, start, apply(start, first)).fields.branchPrices as Prices;
        return merge(after, start, apply(start, second));
      };
      const [here, there] = [both(one, other), both(other, one)];
      expect([here.conflicts, there.conflicts]).toEqual([[], []]);
      expect(here.fields.branchPrices).toEqual(apply(apply(start, one), other));
      expect(there.fields.branchPrices).toEqual(here.fields.branchPrices);
    }),
  );
});

test('[EDT19] a person compares the branches that differ, and no other', () => {
  const values = [{ utara: 5, timur: 1 }, { utara: 6, selatan: 9, timur: 1 }, undefined];
  expect(differingKeys('branchPrices', values.slice(0, 2))).toEqual([
    { selatan: null, utara: 5 },
    { selatan: 9, utara: 6 },
  ]);
  expect(differingKeys('branchPrices', values)[2]).toEqual({ selatan: null, timur: null, utara: null });
  expect(differingKeys('price', [5, 6])).toEqual([5, 6]);
});

test('[EDT23] two managers who change different settings of sync both have their way, and of one it is a conflict', () => {
  const sync = { pullIntervalMs: 60_000, waitingMax: 20 };
  const wish = (theirs: object, mine: object) =>
    mergeEdit({ rev, sync: theirs }, { baseRevision: rev, base: { sync }, patch: { sync: mine } as Edit['patch'] });
  const peakHours = { from: 11, to: 14 };
  const both = wish({ ...sync, waitingMax: 50 }, { ...sync, peakHours });
  expect(both).toMatchObject({ fields: { sync: { ...sync, waitingMax: 50, peakHours } }, conflicts: [] });
  expect(wish({ ...sync, waitingMax: 50 }, { ...sync, waitingMax: 70 }).conflicts).toHaveLength(1);
});

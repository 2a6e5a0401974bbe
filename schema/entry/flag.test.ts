import { expect, test } from 'vitest';
import { COFFEE, makeDeviceEntries } from '../fixtures/make-entries.ts';
import { makeDeviceEntriesV3 } from '../fixtures/make-entries-v3.ts';
import { CLOCK_ODD_MS } from '../limits.ts';
import type { DeviceEntry } from './entry.ts';
import { entryFlags, type FlagContext } from './flag.ts';

const EXAMPLES = [...makeDeviceEntries(), ...makeDeviceEntriesV3()];
const SALE = EXAMPLES.find((entry) => entry.kind === 'sale') as Extract<DeviceEntry, { kind: 'sale' }>;
const PLAIN: FlagContext = {
  now: SALE.at + 60_000_000,
  knowsProduct: () => true,
  cartSold: false,
  lacksApproval: false,
};

function sale(body: Partial<typeof SALE.body>): DeviceEntry {
  return { ...SALE, body: { ...SALE.body, ...body } };
}

test.each(EXAMPLES.map((entry) => [entry.kind, entry] as const))(
  '[ENT12] nothing looks wrong about the example of %s',
  (_kind, entry) => {
    expect(entryFlags(entry, PLAIN)).toEqual([]);
  },
);

test('[ENT12] an unknown product is flagged, once', () => {
  expect(entryFlags(SALE, { ...PLAIN, knowsProduct: (id) => id !== COFFEE })).toEqual(['unknown-product']);
  expect(entryFlags(SALE, { ...PLAIN, knowsProduct: () => false })).toEqual(['unknown-product']);
});

test('[ENT12] a clock ahead is flagged beyond the bound; one behind is not, because entries may wait for days', () => {
  expect(entryFlags(SALE, { ...PLAIN, now: SALE.at - CLOCK_ODD_MS })).toEqual([]);
  expect(entryFlags(SALE, { ...PLAIN, now: SALE.at - CLOCK_ODD_MS - 1 })).toEqual(['odd-clock']);
  expect(entryFlags({ ...SALE, at: 0 }, PLAIN)).toEqual([]);
});

test('[ENT12] figures that do not follow from the lines are flagged', () => {
  const [line, ...others] = SALE.body.lines;
  const cheaper = { ...(line as (typeof SALE.body.lines)[number]), unitPrice: 1 as typeof SALE.body.totals.due };
  expect(entryFlags(sale({ lines: [cheaper, ...others] }), PLAIN)).toEqual(['line-total']);
  expect(entryFlags(sale({ totals: { ...SALE.body.totals, tax: 1 as typeof SALE.body.totals.due } }), PLAIN)).toEqual([
    'sale-total',
  ]);
  expect(entryFlags(sale({ payments: [] }), PLAIN)).toEqual(['payments']);
});

test('[ENT12] sums beyond what a computer counts exactly are flagged, and nothing throws', () => {
  const [line] = SALE.body.lines;
  const huge = {
    ...(line as (typeof SALE.body.lines)[number]),
    unitPrice: Number.MAX_SAFE_INTEGER as typeof SALE.body.totals.due,
  };
  expect(entryFlags(sale({ lines: [huge, huge] }), PLAIN)).toEqual(['overflow']);
});

test('[ENT12] a cart that was sold before is flagged, beside whatever else is odd', () => {
  expect(
    entryFlags(sale({ payments: [] }), { now: 0, knowsProduct: () => false, cartSold: true, lacksApproval: true }),
  ).toEqual(['unknown-product', 'odd-clock', 'payments', 'cart-sold-twice', 'no-approval']);
});

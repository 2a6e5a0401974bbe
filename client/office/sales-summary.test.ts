import { describe, expect, it } from 'vitest';
import type { EntryId } from '../../schema/ids.ts';
import type { Money } from '../../schema/money.ts';
import type { BranchSale } from '../device/device.ts';
import { summariseSales } from './sales-summary.ts';

const sale = (at: number, total: number | undefined, kind = 'sale'): BranchSale => ({
  id: `x:${at}` as EntryId,
  till: undefined,
  kind,
  at,
  receipt: undefined,
  total: total as Money | undefined,
  person: undefined,
  safety: 'server',
  flags: [],
});
/** Moments are hours here; negative ones are of another day. */
const hourOf = (at: number) => (at < 0 ? null : at);

describe('summariseSales', () => {
  it('[OFFICE4] sums today’s sales less refunds, by the hour', () => {
    const summary = summariseSales(
      [sale(9, 10_000), sale(9, 5_000), sale(12, 4_000, 'refund'), sale(-1, 99_000)],
      hourOf,
    );
    expect(summary).toMatchObject({ total: 11_000, count: 2, average: 5_500 });
    expect(summary.hours.filter(({ amount }) => amount !== 0)).toEqual([
      { hour: 9, amount: 15_000 },
      { hour: 12, amount: -4_000 },
    ]);
  });

  it('[OFFICE4] a day without sales is all nothing, and is drawn all the same', () => {
    const summary = summariseSales([], hourOf);
    expect(summary).toMatchObject({ total: 0, count: 0, average: 0 });
    expect(summary.hours.map(({ hour }) => hour)).toEqual([8, 9, 10, 11, 12, 13, 14, 15, 16]);
  });

  it('[OFFICE4] early and late sales widen the day; what has no total is no sale', () => {
    const hours = summariseSales([sale(0, 1), sale(23, 1), sale(10, undefined)], hourOf).hours;
    expect([hours[0]?.hour, hours.at(-1)?.hour]).toEqual([0, 23]);
    expect(summariseSales([sale(10, undefined)], hourOf).count).toBe(0);
  });
});

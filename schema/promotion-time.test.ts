import { expect, test } from 'vitest';
import type { Promotion } from './promotion.ts';
import { isPromotionOn, localMoment } from './promotion-time.ts';

const AUGUST: Promotion = {
  ...{ promotion: 'p', name: 'P', from: '2026-08-01', to: '2026-08-31', active: true },
  rule: { type: 'percent', target: { of: 'all' }, basisPoints: 1_000 },
};
const isOn = (more: Partial<Promotion>, localDate: string, localMinutes = 600, customerGroup?: string) =>
  isPromotionOn({ ...AUGUST, ...more }, { localDate, localMinutes, customerGroup });

test('[PRM1] a promotion counts from its first to its last day, both included', () => {
  const days = ['2026-07-31', '2026-08-01', '2026-08-31', '2026-09-01'];
  expect(days.map((day) => isOn({}, day))).toEqual([false, true, true, false]);
  expect(isOn({ active: false }, '2026-08-10')).toBe(false);
});

test('[PRM1] on its weekdays only: 17 August 2026 is a Monday', () => {
  expect(isOn({ weekdays: [1] }, '2026-08-17')).toBe(true);
  expect(isOn({ weekdays: [2, 7] }, '2026-08-17')).toBe(false);
  expect(isOn({ weekdays: [7] }, '2026-08-16')).toBe(true);
});

test('[PRM1] in its hours only, and those over midnight belong to the day on which they began', () => {
  const happy = { hours: { from: 17 * 60, to: 19 * 60 } };
  expect([1_019, 1_020, 1_139, 1_140].map((minute) => isOn(happy, '2026-08-10', minute))).toEqual([
    false,
    true,
    true,
    false,
  ]);
  const night = { hours: { from: 22 * 60, to: 2 * 60 } };
  expect(isOn(night, '2026-08-31', 23 * 60)).toBe(true);
  expect(isOn(night, '2026-09-01', 60)).toBe(true);
  expect(isOn(night, '2026-08-01', 60)).toBe(false);
  expect(isOn({ ...night, weekdays: [7] }, '2026-08-17', 60)).toBe(true);
  expect(isOn({ ...night, weekdays: [1] }, '2026-08-17', 60)).toBe(false);
});

test('[PRM1] for its group of customers only', () => {
  expect(isOn({ group: 'member' }, '2026-08-10', 600, 'member')).toBe(true);
  expect(isOn({ group: 'member' }, '2026-08-10', 600, 'staff')).toBe(false);
  expect(isOn({ group: 'member' }, '2026-08-10')).toBe(false);
});

test('[PRM1] the shop’s day and minute are those of its zone', () => {
  const at = Date.UTC(2026, 11, 31, 18, 5);
  expect(localMoment(at, 7 * 60)).toEqual({ localDate: '2027-01-01', localMinutes: 65 });
  expect(localMoment(at, 0)).toEqual({ localDate: '2026-12-31', localMinutes: 1_085 });
});

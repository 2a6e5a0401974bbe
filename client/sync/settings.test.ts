import { expect, test } from 'vitest';
import { OFFICE_WINDOW_DAYS, TILL_WINDOW_DAYS } from '../../schema/limits.ts';
import { DEFAULT_SETTINGS } from '../device/setting-bounds.ts';
import { heldSince, windowDays } from './settings.ts';

test('[LIFE3] a till keeps 30 days of the others and the office 400, unless somebody set another window', () => {
  expect([windowDays(DEFAULT_SETTINGS, 'till'), TILL_WINDOW_DAYS]).toEqual([30, 30]);
  for (const role of ['manager', 'developer'] as const) {
    expect([windowDays(DEFAULT_SETTINGS, role), OFFICE_WINDOW_DAYS]).toEqual([400, 400]);
    expect(windowDays({ ...DEFAULT_SETTINGS, branchWindowDays: 90 }, role)).toBe(90);
  }
  expect(heldSince({ ...DEFAULT_SETTINGS, branchWindowDays: 2 }, 'till', 200_000_000)).toBe(27_200_000);
});

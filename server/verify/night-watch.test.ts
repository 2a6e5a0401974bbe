import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { SettingsDoc } from '../../schema/company.ts';
import { COMPANY_SCOPE } from '../../schema/ids.ts';
import { must } from '../../schema/result.ts';
import { putCompanyDoc, readCompanyDoc } from '../core/company-writer.ts';
import { openTestShop, type TestShop } from '../testing/test-shop.ts';
import { startNightWatch } from './night-watch.ts';

let shop: TestShop;
let now = 0;
let look: () => void = () => undefined;
let checks: string[];

beforeEach(async () => {
  shop = await openTestShop();
  checks = [];
  vi.spyOn(shop.deps, 'now').mockImplementation(() => now);
  vi.spyOn(shop.deps, 'every').mockImplementation((_ms, work) => {
    look = work;
    return () => undefined;
  });
});
afterEach(() => shop.close());

const watch = (hour: number | null) =>
  startNightWatch(shop.core, {
    hour,
    verify: async () => {
      checks.push(new Date(now).toString().slice(0, 18));
      return { entries: 0, wrong: 0, findings: [] } as never;
    },
  });
/** Looks every half hour, as long as two weeks from a Sunday on. */
async function passTwoWeeks(): Promise<void> {
  for (let half = 0; half < 14 * 48; half += 1) {
    now = new Date(2026, 2, 1, 0, 30 * half).getTime();
    look();
    await shop.core.store.read(async () => undefined);
    await Promise.resolve();
  }
}
const set = (verifyAt: SettingsDoc['verifyAt']) =>
  shop.core.store.write([COMPANY_SCOPE], async (tx) => {
    const settings = must(await readCompanyDoc(tx, 'settings', 'settings'), 'the settings');
    await putCompanyDoc(tx, 1, { ...settings, verifyAt });
  });

test('[VERIFY5] the whole store is read every night at the hour that the server was started with', async () => {
  watch(3);
  await passTwoWeeks();
  expect(checks).toHaveLength(14);
  expect(checks.every((at) => at.endsWith('03'))).toBe(true);
});

test('[VERIFY5] or when the shop’s settings say: once a week, at their hour, from the next look on', async () => {
  watch(3);
  await set({ hour: 22, weekday: 1 });
  await passTwoWeeks();
  expect(checks.map((at) => [at.slice(0, 3), at.slice(-2)])).toEqual([
    ['Mon', '22'],
    ['Mon', '22'],
  ]);
  await set({ hour: 5 });
  checks = [];
  await passTwoWeeks();
  expect(checks).toHaveLength(14);
});

test('[VERIFY5] a server that was started without it checks nothing by itself', async () => {
  look = () => undefined;
  watch(null);
  await set({ hour: 5 });
  await passTwoWeeks();
  expect(checks).toEqual([]);
});

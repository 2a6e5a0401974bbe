import { expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from './settings.ts';
import { createShopSettings, ownOf, withShop } from './shop-settings.ts';

const SHOP = { pullIntervalMs: 60_000, peakHours: { from: 11, to: 14 } };

test('[SET3] the shop’s settings count where a device has the usual ones, and a device’s own go before', () => {
  expect(withShop(DEFAULT_SETTINGS, SHOP)).toEqual({ ...DEFAULT_SETTINGS, ...SHOP });
  const own = { ...DEFAULT_SETTINGS, pullIntervalMs: 10_000 };
  expect(withShop(own, SHOP)).toEqual({ ...own, peakHours: SHOP.peakHours });
  expect(withShop(own, undefined)).toEqual(own);
});

test('[SET3] a value of the shop that is out of a device’s bounds counts for nothing', () => {
  expect(withShop(DEFAULT_SETTINGS, { pullIntervalMs: 1, waitingMax: 20 })).toEqual({
    ...DEFAULT_SETTINGS,
    waitingMax: 20,
  });
});

test('[SET3] what a person leaves as the shop has it stays the shop’s to change', () => {
  const settings = createShopSettings();
  settings.follow(SHOP);
  const saved = settings.ownOf({ ...settings.get(), waitingMax: 7 });
  expect(saved).toEqual({ ...DEFAULT_SETTINGS, waitingMax: 7 });
  settings.set(saved);
  settings.follow({ ...SHOP, pullIntervalMs: 120_000 });
  expect(settings.get()).toMatchObject({ waitingMax: 7, pullIntervalMs: 120_000, peakHours: SHOP.peakHours });
  expect(ownOf(settings.get(), undefined)).toEqual(settings.get());
});

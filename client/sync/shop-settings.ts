import type { ShopSync } from '../../schema/company.ts';
import type { SyncSettings } from '../device/device.ts';
import { createLive, type LiveCell } from '../device/live.ts';
import { DEFAULT_SETTINGS, settingsHold } from './settings.ts';

/**
 * What a device does: its own settings, and where it has the usual one the shop's (SET3). A value of the shop that is out of this
 * device's bounds counts for nothing.
 */
export function withShop(own: SyncSettings, shop: ShopSync | undefined): SyncSettings {
  let settings = own;
  for (const [name, value] of Object.entries(shop ?? {})) {
    const field = name as keyof ShopSync;
    if (value === undefined || !isSame(own[field], DEFAULT_SETTINGS[field])) continue;
    const next = { ...settings, [field]: value };
    if (settingsHold(next)) settings = next;
  }
  return settings;
}

/** What of `next` is a device's own: what says the same as the shop stays the shop's to change. */
export function ownOf(next: SyncSettings, shop: ShopSync | undefined): SyncSettings {
  const same = Object.entries(shop ?? {}).filter(([name, value]) => isSame(next[name as keyof ShopSync], value));
  return { ...next, ...Object.fromEntries(same.map(([name]) => [name, DEFAULT_SETTINGS[name as keyof ShopSync]])) };
}

/** The settings of a device as they are now; what is set are its own. */
export interface ShopSettings extends LiveCell<SyncSettings> {
  /** The shop says other ones. */
  follow(shop: ShopSync | undefined): void;
  /** As {@link ownOf}, of the shop as it is now. */
  ownOf(next: SyncSettings): SyncSettings;
}

export function createShopSettings(): ShopSettings {
  let own = DEFAULT_SETTINGS;
  let shop: ShopSync | undefined;
  const cell = createLive(DEFAULT_SETTINGS);
  const tell = () => cell.set(withShop(own, shop));
  return {
    ...cell,
    set: (next) => {
      own = next;
      tell();
    },
    follow: (next) => {
      if (isSame(next, shop)) return;
      shop = next;
      tell();
    },
    ownOf: (next) => ownOf(next, shop),
  };
}

function isSame(left: unknown, right: unknown): boolean {
  return JSON.stringify(left ?? null) === JSON.stringify(right ?? null);
}

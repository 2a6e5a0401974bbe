import { PULL_LIMIT_DEFAULT, PULL_LIMIT_MAX, PUSH_ROWS_MAX } from '../../schema/limits.ts';
import type { SyncSettings } from '../device/device.ts';

/** What a device starts with. */
export const DEFAULT_SETTINGS: SyncSettings = {
  serverAddress: '',
  pullIntervalMs: 5 * 60 * 1000,
  pullBatch: PULL_LIMIT_DEFAULT,
  pushBatch: PUSH_ROWS_MAX,
  requestTimeoutMs: 20_000,
  live: true,
};

/** Bounds of what a person may set, in milliseconds or rows. */
export const SETTING_BOUNDS = {
  pullIntervalMs: { min: 5_000, max: 24 * 60 * 60 * 1000 },
  pullBatch: { min: 1, max: PULL_LIMIT_MAX },
  pushBatch: { min: 1, max: PUSH_ROWS_MAX },
  requestTimeoutMs: { min: 1_000, max: 5 * 60 * 1000 },
} as const;

/** True when every number is a whole one within its bounds and the address can be one. */
export function settingsHold(settings: SyncSettings): boolean {
  const inBounds = Object.entries(SETTING_BOUNDS).every(([name, { min, max }]) => {
    const value = settings[name as keyof typeof SETTING_BOUNDS];
    return Number.isSafeInteger(value) && value >= min && value <= max;
  });
  return (
    inBounds && typeof settings.live === 'boolean' && serverOrigin(settings.serverAddress, 'http://localhost') !== null
  );
}

/** The origin of a server address as typed (`''` is `appOrigin`), or null when it cannot be one. */
export function serverOrigin(address: string, appOrigin: string): string | null {
  const typed = address.trim();
  if (typed === '') return appOrigin;
  // Chromium takes blanks in a host, as %20: such a device would be offline for ever and nobody would know why.
  if (/[\s%]/.test(typed)) return null;
  const full = typed.includes('://') ? typed : `https://${typed}`;
  const url = URL.canParse(full) ? new URL(full) : null;
  return url && /^https?:$/.test(url.protocol) ? url.origin : null;
}

/** The live socket's address at an origin. */
export function liveAddress(origin: string): string {
  return `${origin.replace(/^http/, 'ws')}/sync/v1/live`;
}

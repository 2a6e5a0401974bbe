import {
  OFFICE_WINDOW_DAYS,
  PULL_LIMIT_DEFAULT,
  PULL_LIMIT_MAX,
  PUSH_ROWS_MAX,
  TILL_WINDOW_DAYS,
  WINDOW_DAYS_MAX,
} from '../../schema/limits.ts';
import type { DeviceRole } from '../../schema/roles.ts';
import type { HourSpan, SyncSettings } from '../device/device.ts';

/** What a device starts with. */
export const DEFAULT_SETTINGS: SyncSettings = {
  serverAddress: '',
  pullIntervalMs: 5 * 60 * 1000,
  pullBatch: PULL_LIMIT_DEFAULT,
  pushBatch: PUSH_ROWS_MAX,
  requestTimeoutMs: 20_000,
  live: true,
  digestIntervalMs: 60 * 60 * 1000,
  idleAfterMs: 60_000,
  peakHours: null,
  nightHours: { from: 2, to: 5 },
  branchWindowDays: null,
  waitingMax: 50,
  staleAfterMs: 60 * 60 * 1000,
  // A whole shift.
  offlineAfterMs: 8 * 60 * 60 * 1000,
};

/** Bounds of what a person may set, in milliseconds or rows. */
export const SETTING_BOUNDS = {
  pullIntervalMs: { min: 5_000, max: 24 * 60 * 60 * 1000 },
  pullBatch: { min: 1, max: PULL_LIMIT_MAX },
  pushBatch: { min: 1, max: PUSH_ROWS_MAX },
  requestTimeoutMs: { min: 1_000, max: 5 * 60 * 1000 },
} as const;

/** The same for work in idle time. */
export const IDLE_BOUNDS = {
  digestIntervalMs: { min: 60_000, max: 7 * 24 * 60 * 60 * 1000 },
  idleAfterMs: { min: 5_000, max: 60 * 60 * 1000 },
} as const;

/** The same for when a cashier is warned. */
export const SIGN_BOUNDS = {
  waitingMax: { min: 1, max: 10_000 },
  staleAfterMs: { min: 60_000, max: 7 * 24 * 60 * 60 * 1000 },
  offlineAfterMs: { min: 60_000, max: 30 * 24 * 60 * 60 * 1000 },
} as const;

/** Days of the other devices' entries that a device may keep. */
export const WINDOW_BOUNDS = { min: 1, max: WINDOW_DAYS_MAX } as const;

/** How many days of the other devices' entries come to and stay on a device of this role. */
export function windowDays({ branchWindowDays }: SyncSettings, role: DeviceRole): number {
  return branchWindowDays ?? (role === 'till' ? TILL_WINDOW_DAYS : OFFICE_WINDOW_DAYS);
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** Since when all that arrived of the other devices is kept on a device of this role. */
export function heldSince(settings: SyncSettings, role: DeviceRole, now: number): number {
  return now - windowDays(settings, role) * DAY_MS;
}

/** Hours that a span may name. */
export const HOUR_BOUNDS = { min: 0, max: 23 } as const;

/** Settings as they were kept, with what an older app did not know. */
export function withDefaults(kept: Partial<SyncSettings> | undefined): SyncSettings {
  return { ...DEFAULT_SETTINGS, ...kept };
}

/** True when every number is a whole one within its bounds and the address can be one. */
export function settingsHold(settings: SyncSettings): boolean {
  const bounds = { ...SETTING_BOUNDS, ...IDLE_BOUNDS, ...SIGN_BOUNDS };
  const inBounds = Object.entries(bounds).every(([name, { min, max }]) => {
    const value = settings[name as keyof typeof bounds];
    return Number.isSafeInteger(value) && value >= min && value <= max;
  });
  const spans = [settings.peakHours, settings.nightHours];
  return (
    inBounds &&
    spans.every(isSpan) &&
    isWindow(settings.branchWindowDays) &&
    typeof settings.live === 'boolean' &&
    serverOrigin(settings.serverAddress, 'http://localhost') !== null
  );
}

function isWindow(days: number | null): boolean {
  return days === null || (Number.isSafeInteger(days) && days >= WINDOW_BOUNDS.min && days <= WINDOW_BOUNDS.max);
}

function isSpan(span: HourSpan | null): boolean {
  const isHour = (hour: number) => Number.isSafeInteger(hour) && hour >= HOUR_BOUNDS.min && hour <= HOUR_BOUNDS.max;
  return span === null || (isHour(span.from) && isHour(span.to) && span.from !== span.to);
}

/** True when the hour of a day is within the span. */
export function isWithin(span: HourSpan | null, hour: number): boolean {
  if (span === null) return false;
  const { from, to } = span;
  return from < to ? hour >= from && hour < to : hour >= from || hour < to;
}

/** In peak hours what comes live is enough; without a socket the pull in the background goes on. */
export function pullsInBackground({ peakHours }: SyncSettings, hour: number, hasSocket: boolean): boolean {
  return !hasSocket || !isWithin(peakHours, hour);
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

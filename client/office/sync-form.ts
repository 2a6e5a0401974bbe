import type { SettingsDoc, ShopSync } from '../../schema/company.ts';
import { DEFAULT_SETTINGS, IDLE_BOUNDS, SETTING_BOUNDS, SIGN_BOUNDS } from '../device/setting-bounds.ts';
import { changedFields } from './changed-fields.ts';
import type { SettingsWish } from './settings-form.tsx';
import { readWhole, wholeText } from './settings-numbers.ts';

/** The shop's settings of sync as typed: minutes, hours, numbers; hours of the day as numbers, empty for none. */
export type SyncForm = Readonly<
  Record<
    'pull' | 'compare' | 'silent' | 'waiting' | 'stale' | 'offline' | 'peakFrom' | 'peakTo' | 'nightFrom' | 'nightTo',
    string
  >
>;
export type SyncField = 'pull' | 'compare' | 'silent' | 'waiting' | 'stale' | 'offline' | 'peak' | 'night';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** A till that is silent so long is named (schema/company.ts asks for a second at least). */
const SILENT_BOUNDS = { min: MINUTE_MS, max: 30 * 24 * HOUR_MS };

export type SyncNumber = 'pull' | 'compare' | 'silent' | 'waiting' | 'stale' | 'offline';

const BOUNDS: Readonly<Record<SyncNumber, { readonly unit: number; readonly min: number; readonly max: number }>> = {
  pull: { unit: MINUTE_MS, ...SETTING_BOUNDS.pullIntervalMs },
  compare: { unit: MINUTE_MS, ...IDLE_BOUNDS.digestIntervalMs },
  silent: { unit: MINUTE_MS, ...SILENT_BOUNDS },
  waiting: { unit: 1, ...SIGN_BOUNDS.waitingMax },
  stale: { unit: MINUTE_MS, ...SIGN_BOUNDS.staleAfterMs },
  offline: { unit: HOUR_MS, ...SIGN_BOUNDS.offlineAfterMs },
};

/** The least and the most that may be typed. */
export function syncBounds(field: SyncNumber): { readonly from: number; readonly to: number } {
  const { unit, min, max } = BOUNDS[field];
  return { from: Math.ceil(min / unit), to: Math.floor(max / unit) };
}

/** What holds now: the shop's word, else what every device starts with. */
export function syncForm({ sync = {}, silentAfterMs }: SettingsDoc): SyncForm {
  const now = { ...DEFAULT_SETTINGS, ...sync };
  const hour = (value: number | undefined) => (value === undefined ? '' : String(value));
  return {
    pull: wholeText(now.pullIntervalMs, MINUTE_MS),
    compare: wholeText(now.digestIntervalMs, MINUTE_MS),
    silent: wholeText(silentAfterMs, MINUTE_MS),
    waiting: wholeText(now.waitingMax),
    stale: wholeText(now.staleAfterMs, MINUTE_MS),
    offline: wholeText(now.offlineAfterMs, HOUR_MS),
    peakFrom: hour(now.peakHours?.from),
    peakTo: hour(now.peakHours?.to),
    nightFrom: hour(now.nightHours?.from),
    nightTo: hour(now.nightHours?.to),
  };
}

/** What changes of the settings document, or the first field that cannot be read. An empty field is every device's usual value. */
export function readSyncForm(form: SyncForm, settings: SettingsDoc): SettingsWish<SyncField> {
  const number = (field: SyncNumber) => readWhole(form[field], BOUNDS[field]);
  const numbers = {
    ...{ pull: number('pull'), compare: number('compare'), silent: number('silent') },
    ...{ waiting: number('waiting'), stale: number('stale'), offline: number('offline') },
  };
  for (const [field, value] of Object.entries(numbers)) if (value === null) return { bad: field as SyncField };
  if (numbers.silent === undefined) return { bad: 'silent' };
  const [peak, night] = [readSpan(form.peakFrom, form.peakTo), readSpan(form.nightFrom, form.nightTo)];
  if (peak === null) return { bad: 'peak' };
  if (night === null) return { bad: 'night' };
  const sync = withoutUsual({
    pullIntervalMs: numbers.pull,
    digestIntervalMs: numbers.compare,
    peakHours: peak,
    nightHours: night,
    waitingMax: numbers.waiting,
    staleAfterMs: numbers.stale,
    offlineAfterMs: numbers.offline,
  });
  const kept = Object.keys(sync).length === 0 ? undefined : sync;
  return { changes: [[settings.id, changedFields(settings, { sync: kept, silentAfterMs: numbers.silent })]] };
}

function readSpan(from: string, to: string): { from: number; to: number } | null | undefined {
  if (from === '' && to === '') return undefined;
  return from === '' || to === '' || from === to ? null : { from: Number(from), to: Number(to) };
}

type Unread = { readonly [Name in keyof ShopSync]: ShopSync[Name] | null };

/** What every device does anyway is not said. */
function withoutUsual(sync: Unread): ShopSync {
  const isSaid = ([name, value]: readonly [string, unknown]) =>
    value !== undefined && JSON.stringify(value) !== JSON.stringify(DEFAULT_SETTINGS[name as keyof ShopSync]);
  return Object.fromEntries(Object.entries(sync).filter(isSaid)) as ShopSync;
}

import { isServerAddress } from '../app/enrol-check.ts';
import type { HourSpan, SyncSettings } from '../device/device.ts';
import { HOUR_BOUNDS, IDLE_BOUNDS, SETTING_BOUNDS, SIGN_BOUNDS, WINDOW_BOUNDS } from '../device/setting-bounds.ts';

const BOUNDS = { ...SETTING_BOUNDS, ...IDLE_BOUNDS, ...SIGN_BOUNDS };

/** A setting that is a whole number. */
export type NumberSetting = keyof typeof BOUNDS;
/** A setting that is hours of the day, `8-12`, or nothing. */
export type SpanSetting = 'peakHours' | 'nightHours';
export type SettingsFault = NumberSetting | SpanSetting | 'serverAddress' | 'branchWindowDays';

/** How many of the setting's own units one unit on the screen is: seconds or minutes for times, one for rows. */
export const SCREEN_UNIT: Readonly<Record<NumberSetting, number>> = {
  pullIntervalMs: 1000,
  pullBatch: 1,
  pushBatch: 1,
  requestTimeoutMs: 1000,
  digestIntervalMs: 60_000,
  idleAfterMs: 1000,
  waitingMax: 1,
  staleAfterMs: 60_000,
  offlineAfterMs: 60_000,
};

/** The form as typed. */
export type SettingsForm = Readonly<Record<SettingsFault, string>> & { readonly live: boolean };

const numbers = Object.keys(BOUNDS) as NumberSetting[];

export function formOf(settings: SyncSettings): SettingsForm {
  const texts = numbers.map((key) => [key, String(settings[key] / SCREEN_UNIT[key])]);
  return {
    ...(Object.fromEntries(texts) as Record<NumberSetting, string>),
    serverAddress: settings.serverAddress,
    peakHours: spanText(settings.peakHours),
    nightHours: spanText(settings.nightHours),
    branchWindowDays: String(settings.branchWindowDays ?? ''),
    live: settings.live,
  };
}

/** The bounds of a setting as the screen counts it. */
export function screenBounds(key: NumberSetting): { readonly min: number; readonly max: number } {
  const { min, max } = BOUNDS[key];
  return { min: min / SCREEN_UNIT[key], max: max / SCREEN_UNIT[key] };
}

/** The settings a form means, or its first field that cannot be meant. */
export function readSettings(form: SettingsForm): SyncSettings | { readonly bad: SettingsFault } {
  if (!isServerAddress(form.serverAddress)) return { bad: 'serverAddress' };
  const bad = numbers.find((key) => !isNumberWithin(form[key], screenBounds(key)));
  if (bad) return { bad };
  const [peakHours, nightHours] = [readSpan(form.peakHours), readSpan(form.nightHours)];
  if (peakHours === 'bad') return { bad: 'peakHours' };
  if (nightHours === 'bad') return { bad: 'nightHours' };
  const days = form.branchWindowDays.trim();
  if (days !== '' && !isNumberWithin(days, WINDOW_BOUNDS)) return { bad: 'branchWindowDays' };
  const values = numbers.map((key) => [key, Number(form[key]) * SCREEN_UNIT[key]]);
  return {
    ...(Object.fromEntries(values) as Record<NumberSetting, number>),
    serverAddress: form.serverAddress.trim(),
    peakHours,
    nightHours,
    branchWindowDays: days === '' ? null : Number(days),
    live: form.live,
  };
}

function isNumberWithin(typed: string, { min, max }: { readonly min: number; readonly max: number }): boolean {
  return /^\d{1,9}$/.test(typed.trim()) && Number(typed) >= min && Number(typed) <= max;
}

function spanText(span: HourSpan | null): string {
  return span === null ? '' : `${span.from}-${span.to}`;
}

/** Hours as typed: two whole hours of the day with a dash or blank between them; nothing at all for none. */
function readSpan(typed: string): HourSpan | null | 'bad' {
  if (typed.trim() === '') return null;
  const [, from = '', to = ''] = /^\s*(\d{1,2})\s*[-–\s]\s*(\d{1,2})\s*$/.exec(typed) ?? [];
  const span = { from: Number(from), to: Number(to) };
  const isHour = (text: string) => isNumberWithin(text, HOUR_BOUNDS);
  return isHour(from) && isHour(to) && span.from !== span.to ? span : 'bad';
}

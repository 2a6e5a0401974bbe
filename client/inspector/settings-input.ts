import { isServerAddress } from '../app/enrol-check.ts';
import type { SyncSettings } from '../device/device.ts';
import { SETTING_BOUNDS } from '../device/setting-bounds.ts';

/** A setting that is a whole number. */
export type NumberSetting = keyof typeof SETTING_BOUNDS;
export type SettingsFault = NumberSetting | 'serverAddress';

/** How many of the setting's own units one unit on the screen is: seconds for times, one for rows. */
export const SCREEN_UNIT: Readonly<Record<NumberSetting, number>> = {
  pullIntervalMs: 1000,
  pullBatch: 1,
  pushBatch: 1,
  requestTimeoutMs: 1000,
};

/** The form as typed. */
export type SettingsForm = Readonly<Record<SettingsFault, string>> & {
  readonly live: boolean;
  /** Settings that the form does not show stay as they are. */
  readonly saved: SyncSettings;
};

const numbers = Object.keys(SETTING_BOUNDS) as NumberSetting[];

export function formOf(settings: SyncSettings): SettingsForm {
  const text = (key: NumberSetting) => String(settings[key] / SCREEN_UNIT[key]);
  return {
    serverAddress: settings.serverAddress,
    pullIntervalMs: text('pullIntervalMs'),
    pullBatch: text('pullBatch'),
    pushBatch: text('pushBatch'),
    requestTimeoutMs: text('requestTimeoutMs'),
    live: settings.live,
    saved: settings,
  };
}

/** The bounds of a setting as the screen counts it. */
export function screenBounds(key: NumberSetting): { readonly min: number; readonly max: number } {
  const { min, max } = SETTING_BOUNDS[key];
  return { min: min / SCREEN_UNIT[key], max: max / SCREEN_UNIT[key] };
}

/** The settings a form means, or its first field that cannot be meant. */
export function readSettings(form: SettingsForm): SyncSettings | { readonly bad: SettingsFault } {
  if (!isServerAddress(form.serverAddress)) return { bad: 'serverAddress' };
  const bad = numbers.find((key) => !isWithin(form[key], key));
  if (bad) return { bad };
  const value = (key: NumberSetting) => Number(form[key]) * SCREEN_UNIT[key];
  return {
    ...form.saved,
    serverAddress: form.serverAddress.trim(),
    pullIntervalMs: value('pullIntervalMs'),
    pullBatch: value('pullBatch'),
    pushBatch: value('pushBatch'),
    requestTimeoutMs: value('requestTimeoutMs'),
    live: form.live,
  };
}

function isWithin(typed: string, key: NumberSetting): boolean {
  const { min, max } = screenBounds(key);
  return /^\d{1,9}$/.test(typed.trim()) && Number(typed) >= min && Number(typed) <= max;
}

import { localMoment } from '../../schema/promotion-time.ts';
import type { Cancel, DeviceDeps } from './device-deps.ts';

/** A new day is noticed so soon. */
const LOOK_MS = 5 * 60 * 1000;

/** The shop's day now, `2026-12-31`, by this device's clock and zone. */
export function shopDay({ clock, zoneMinutes = machineZone }: Pick<DeviceDeps, 'clock' | 'zoneMinutes'>): string {
  const at = clock();
  return localMoment(at, zoneMinutes(at)).localDate;
}

/** Calls `onDay` when another day has begun. */
export function watchDay(deps: Pick<DeviceDeps, 'clock' | 'zoneMinutes' | 'timers'>, onDay: () => void): Cancel {
  let day = shopDay(deps);
  let cancel: Cancel = () => undefined;
  const look = () => {
    const now = shopDay(deps);
    if (now !== day) onDay();
    day = now;
    cancel = deps.timers.after(LOOK_MS, look);
  };
  look();
  return () => cancel();
}

/** Minutes east of Greenwich where this machine stands. */
export function machineZone(at: number): number {
  return -new Date(at).getTimezoneOffset();
}

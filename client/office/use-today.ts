import { useNow } from '../app/use-now.ts';

const REFRESH_MS = 60_000;

/** The day that this device's clock says, as `2026-12-31`; anew at midnight. */
export function useToday(): string {
  return localDay(useNow(REFRESH_MS));
}

/** The day of a time by this device's clock and zone. Swedish writes a date as ISO 8601 does. */
export function localDay(at: number): string {
  return new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short' }).format(at);
}

/** The beginning of a day of UTC written `YYYY-MM-DD`, in milliseconds since 1970; null where there is no such day. */
export function readDay(text: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const at = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(at) || dayOf(at) !== text ? null : at;
}

/** The beginning of the day so many years before `now`. */
export function yearsBefore(now: number, years: number): number {
  const day = new Date(now);
  return Date.UTC(day.getUTCFullYear() - years, day.getUTCMonth(), day.getUTCDate());
}

function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

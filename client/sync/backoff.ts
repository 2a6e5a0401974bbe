/** The longest pause of the first try again; each further one is twice as long. */
export const BACKOFF_MS_FIRST = 1_000;
/** Beyond this, pauses grow no longer: a shop whose line is back should not wait for minutes. */
export const BACKOFF_MS_MAX = 30_000;

/**
 * How long to wait before try number `attempt` (from 0), in milliseconds: full jitter, so that a hundred tills that lost
 * the server in one moment do not return in one moment. `chance` is from 0 to 1.
 */
export function backoffMs(attempt: number, chance: number): number {
  return Math.floor(chance * Math.min(BACKOFF_MS_MAX, BACKOFF_MS_FIRST * 2 ** attempt));
}

import type { Journal } from '../store/journal.ts';
import type { LogCare } from '../store/log/log-care.ts';
import type { Cancel, Timers } from './device-deps.ts';

/** How often the active tab looks for what another one wrote, in milliseconds. */
export const LOOK_EVERY_MS = 30_000;

/**
 * A tab that slept while this one took over may write one thing more as it wakes, before it hears of that: it cannot tell this one, so this
 * one looks. What it finds counts, is shown and is sent as what was written here. Gives the way to stop.
 */
export function watchOtherTabs({
  journal,
  log,
  timers,
}: {
  readonly journal: Pick<Journal, 'catchUp'>;
  readonly log: Pick<LogCare, 'begin'> | undefined;
  readonly timers: Timers;
}): Cancel {
  let cancel: Cancel = () => undefined;
  let stopped = false;
  /** A disk that fails is met again by what must be written, and looked at again. */
  const wait = () => {
    if (!stopped) cancel = timers.after(LOOK_EVERY_MS, () => void look().then(wait, wait));
  };
  const look = async () => {
    await journal.catchUp();
    await log?.begin();
  };
  wait();
  return () => {
    stopped = true;
    cancel();
  };
}

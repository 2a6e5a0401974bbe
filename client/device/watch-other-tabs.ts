import type { Journal } from '../store/journal.ts';
import type { Cancel, Timers } from './device-deps.ts';

/** How often the active tab looks for what another one wrote, in milliseconds. */
export const LOOK_EVERY_MS = 30_000;

/**
 * A tab that slept while this one took over may write one more entry as it wakes, before it hears of that: it cannot tell this one, so this
 * one looks. What it finds counts, is shown and is sent as what was written here. Gives the way to stop.
 */
export function watchOtherTabs({
  journal,
  timers,
}: {
  readonly journal: Pick<Journal, 'catchUp'>;
  readonly timers: Timers;
}): Cancel {
  let cancel: Cancel = () => undefined;
  let stopped = false;
  const wait = () => {
    if (!stopped) cancel = timers.after(LOOK_EVERY_MS, look);
  };
  // A disk that fails is met again by what must be written, and looked at again.
  const look = () => void journal.catchUp().then(wait, wait);
  wait();
  return () => {
    stopped = true;
    cancel();
  };
}

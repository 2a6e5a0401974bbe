import type { Core } from '../core/core.ts';
import { findingText } from './findings.ts';
import type { VerifyResult } from './verify-database.ts';

/** When the whole store is checked: every night at an hour of this machine's clock, and once some time after a start. */
export interface WatchOptions {
  /** Hour of the day, 0 to 23; null for never. */
  readonly hour: number | null;
  /** Checks the whole store, somewhere where no sale waits for it. */
  readonly verify: () => Promise<VerifyResult>;
}

/** What the quick look at a start left out is checked this long after it, once the tills are served. In milliseconds. */
export const AFTER_START_MS = 10 * 60 * 1000;
/** How often it is looked whether the hour has come. */
const LOOK_MS = 10 * 60 * 1000;

/** Keeps checking the store while the server runs (F11). Damage stops all acknowledgements; what is
 * only odd is logged, or one device could stop the shop by what it says. Gives the way to stop. */
export function startNightWatch(core: Core, { hour, verify }: WatchOptions): () => void {
  if (hour === null) return () => undefined;
  const { deps, health } = core;
  let running = false;
  let checkedOn = '';
  const check = async (): Promise<void> => {
    if (running) return;
    running = true;
    try {
      const { entries, wrong, findings } = await verify();
      for (const finding of findings) {
        if (finding.odd) deps.log.warn({ finding }, 'the store holds something odd');
        else health.report(findingText(finding));
      }
      deps.log.info({ entries, wrong }, 'the whole store was checked');
    } catch (error) {
      deps.log.error({ err: error }, 'the store could not be checked');
    } finally {
      running = false;
    }
  };
  const look = (): void => {
    const now = new Date(deps.now());
    const day = now.toDateString();
    if (now.getHours() !== hour || checkedOn === day) return;
    checkedOn = day;
    void check();
  };
  const stops = [deps.after(AFTER_START_MS, () => void check()), deps.every(LOOK_MS, look)];
  return () => {
    for (const stop of stops) stop();
  };
}

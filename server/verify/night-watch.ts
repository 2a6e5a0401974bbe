import type { SettingsDoc } from '../../schema/company.ts';
import { readCompanyDoc } from '../core/company-writer.ts';
import type { Core } from '../core/core.ts';
import { findingText } from './findings.ts';
import type { VerifyResult } from './verify-database.ts';

/**
 * When the whole store is checked: at an hour of this machine's clock, every night or on one day of the week as the shop's settings say, and once
 * some time after a start.
 */
export interface WatchOptions {
  /** Hour of the day, 0 to 23, where the shop's settings name none; null for never, whatever they say. */
  readonly hour: number | null;
  /** Checks the whole store, somewhere where no sale waits for it. */
  readonly verify: () => Promise<VerifyResult>;
}

/** What the quick look at a start left out is checked this long after it, once the tills are served. In milliseconds. */
export const AFTER_START_MS = 10 * 60 * 1000;
/** The seventh day of the week in the settings. */
const SUNDAY = 7;
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
  const look = async (): Promise<void> => {
    const now = new Date(deps.now());
    const day = now.toDateString();
    const at = (await verifyAt(core)) ?? { hour };
    if (now.getHours() !== at.hour || checkedOn === day) return;
    if (at.weekday !== undefined && at.weekday !== (now.getDay() || SUNDAY)) return;
    checkedOn = day;
    await check();
  };
  const stops = [deps.after(AFTER_START_MS, () => void check()), deps.every(LOOK_MS, () => void look())];
  return () => {
    for (const stop of stops) stop();
  };
}

/** What the shop's settings say; nothing where they cannot be read: then the store is checked at the usual hour. */
async function verifyAt({ store, deps }: Core): Promise<SettingsDoc['verifyAt']> {
  try {
    const settings: SettingsDoc | undefined = await store.read((tx) => readCompanyDoc(tx, 'settings', 'settings'));
    return settings?.verifyAt;
  } catch (error) {
    deps.log.error({ err: error }, 'the settings could not be read');
    return undefined;
  }
}

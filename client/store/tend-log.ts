import type { Timers } from '../device/device-deps.ts';
import { indexPages } from './index-pages.ts';
import type { Log } from './log/open-log.ts';
import { tidyLog } from './log/tidy-log.ts';

/** All that is done about a log when nobody sells. False when it was cut short. */
export async function tendLog(log: Log, timers: Timers, mayGoOn: () => boolean): Promise<boolean> {
  return (await indexPages(log, timers, mayGoOn)) && tidyLog(log, timers, mayGoOn);
}

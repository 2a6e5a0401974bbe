import type { Timers } from '../../device/device-deps.ts';
import type { DamagedRecord } from './log-file.ts';
import type { LogKeeper } from './logs.ts';

/** What a device does about its log besides reading and writing. */
export interface LogCare {
  /** This tab writes from now on: what other tabs wrote is taken in, and what an older storage left is removed. */
  begin(): Promise<void>;
  /** Records that were found damaged, at this start or an earlier one. What the server has comes again by itself. */
  damaged(): Promise<readonly DamagedRecord[]>;
  /** Puts an index beside pages of products that have none, and rewrites what became too long, a piece at a time. False when it was cut short. */
  tidy(timers: Timers, mayGoOn: () => boolean): Promise<boolean>;
}

export function createLogCare(storage: LogKeeper, database: string): LogCare {
  return {
    begin: () => storage.activate(database),
    damaged: async () => (await storage.log(database))?.damaged() ?? [],
    tidy: async (timers, mayGoOn) => {
      const log = await storage.log(database);
      // No start waits for the program of it.
      return log === undefined || (await import('../tend-log.ts')).tendLog(log, timers, mayGoOn);
    },
  };
}

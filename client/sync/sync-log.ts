import type { SyncLogLine } from '../device/device.ts';
import { createLive, type Live } from '../device/live.ts';

/** Lines kept; older ones are forgotten. */
export const LOG_LINES_MAX = 200;

/** What sync did lately, for a developer's eye: a ring buffer in memory, newest last. */
export interface SyncLog {
  readonly lines: Live<readonly SyncLogLine[]>;
  write(what: string): void;
}

export function createSyncLog(clock: () => number): SyncLog {
  const lines = createLive<readonly SyncLogLine[]>([]);
  return {
    lines,
    write: (what) => lines.set([...lines.get().slice(1 - LOG_LINES_MAX), { at: clock(), what }]),
  };
}

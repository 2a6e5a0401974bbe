import { asRxStorage, type OwnRxStorage } from '../rx-storage.ts';
import { createLogs, type LogKeeper, type LogsDeps } from './logs.ts';

/** Logs as a storage for RxDB, and a way to them. */
export type LogStorage = OwnRxStorage & LogKeeper;

/** RxDB on logs alone, as tests and benchmarks have it. */
export function createLogStorage(deps: LogsDeps): LogStorage {
  const logs = createLogs(deps);
  return { ...asRxStorage(logs), log: logs.log, activate: logs.activate };
}

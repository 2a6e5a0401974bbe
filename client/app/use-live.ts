import { useSyncExternalStore } from 'react';
import type { Live } from '../device/live.ts';

/** The value now; the screen draws again after each change. */
export function useLive<Value>(live: Live<Value>): Value {
  return useSyncExternalStore(live.subscribe, live.get);
}

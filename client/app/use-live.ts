import { useSyncExternalStore } from 'react';
import type { Live } from '../device/live.ts';

/** The value now; the screen draws again after each change. */
export function useLive<Value>(live: Live<Value>): Value {
  return useSyncExternalStore(live.subscribe, live.get);
}

/** A part of the value, such as one number of it: the screen draws again only when that changes. `pick` must give the same for the same. */
export function useLivePart<Value, Part>(live: Live<Value>, pick: (value: Value) => Part): Part {
  return useSyncExternalStore(live.subscribe, () => pick(live.get()));
}

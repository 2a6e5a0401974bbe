import { startTransition, useEffect, useState, useSyncExternalStore } from 'react';
import type { Live } from '../device/live.ts';

/** The value now; the screen draws again after each change. */
export function useLive<Value>(live: Live<Value>): Value {
  return useSyncExternalStore(live.subscribe, live.get);
}

/** A part of the value, such as one number of it: the screen draws again only when that changes. `pick` must give the same for the same. */
export function useLivePart<Value, Part>(live: Live<Value>, pick: (value: Value) => Part): Part {
  return useSyncExternalStore(live.subscribe, () => pick(live.get()));
}

/**
 * The same for what is looked at in passing (states, counts, notices): a change is drawn after what a person waits for. It may be a moment
 * old, so it is never for what is typed into, or for what the next touch depends on.
 */
export function useLiveSoon<Value>(live: Live<Value>): Value {
  const [value, setValue] = useState(live.get);
  useEffect(() => {
    const follow = () => startTransition(() => setValue(live.get));
    follow();
    return live.subscribe(follow);
  }, [live]);
  return value;
}

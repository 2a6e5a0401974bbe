import type { Live } from './live.ts';

/** Resolves with the value as soon as `holds` is true of it; at once if it is so already. */
export function when<Value>(live: Live<Value>, holds: (value: Value) => boolean): Promise<Value> {
  return new Promise((resolve) => {
    let stop = () => {};
    const look = () => {
      const value = live.get();
      if (!holds(value)) return;
      stop();
      resolve(value);
    };
    stop = live.subscribe(look);
    look();
  });
}

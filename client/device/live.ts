/**
 * A value that changes, as screens read it: `get` gives the same object until something changed, `subscribe` calls back after
 * each change and returns the way to stop. The shape React's useSyncExternalStore takes.
 */
export interface Live<Value> {
  get(): Value;
  subscribe(changed: () => void): () => void;
}

/** A live value that its owner sets. Setting the same value (by `Object.is`) tells nobody. */
export interface LiveCell<Value> extends Live<Value> {
  set(value: Value): void;
}

export function createLive<Value>(initial: Value): LiveCell<Value> {
  let current = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => current,
    set: (value) => {
      if (Object.is(value, current)) return;
      current = value;
      for (const listener of [...listeners]) listener();
    },
    subscribe: (changed) => {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
  };
}

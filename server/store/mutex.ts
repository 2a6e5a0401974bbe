/** Runs one task at a time, in the order they came. A task that fails does not hold up the next. */
export interface Mutex {
  run<Value>(task: () => Promise<Value>): Promise<Value>;
  /** Resolves when everything that waits now is done. */
  idle(): Promise<void>;
}

export function createMutex(): Mutex {
  let last: Promise<unknown> = Promise.resolve();
  const run = <Value>(task: () => Promise<Value>): Promise<Value> => {
    const result = last.then(task);
    last = result.catch(() => undefined);
    return result;
  };
  return { run, idle: () => run(async () => undefined) };
}

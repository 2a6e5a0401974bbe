/** Runs one act at a time, in the order they were asked for. A failing act fails its caller, not the next act. */
export type Mutex = <Value>(act: () => Promise<Value>) => Promise<Value>;

export function createMutex(): Mutex {
  let last: Promise<unknown> = Promise.resolve();
  return (act) => {
    const turn = last.then(act, act);
    last = turn.catch(() => undefined);
    return turn;
  };
}

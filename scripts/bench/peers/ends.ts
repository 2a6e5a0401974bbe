import { setTimeout as sleep } from 'node:timers/promises';

/** What must be ended after a piece of work, however it ended: processes, browsers, folders. */
export interface Ends {
  add(end: () => void | Promise<void>): void;
}

/**
 * Does a piece of work, and then ends all it opened, the last one first. Work that takes longer than `msMax` is left there and rejects with
 * a sentence that names `who`: a peer that hangs holds back nobody.
 */
export async function withEnds<Value>(
  who: string,
  msMax: number,
  work: (ends: Ends) => Promise<Value>,
): Promise<Value> {
  const opened: (() => void | Promise<void>)[] = [];
  const done = new AbortController();
  const late = sleep(msMax, undefined, { signal: done.signal }).then(() => {
    throw new Error(`${who} took more than ${Math.round(msMax / 1_000)} s, and was stopped.`);
  });
  // When the work is done first, nobody waits for this.
  late.catch(() => undefined);
  let over = false;
  const ends: Ends = {
    // What opens after its time was up ends at once.
    add: (end) => (over ? void Promise.resolve(end()).catch(() => undefined) : void opened.push(end)),
  };
  try {
    const working = work(ends);
    working.catch(() => undefined);
    return await Promise.race([working, late]);
  } finally {
    over = true;
    done.abort();
    for (const end of opened.reverse()) await Promise.resolve(end()).catch(() => undefined);
  }
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** What must be ended after a piece of work, however it ended: processes, browsers, folders. */
export interface Ends {
  add(end: () => void | Promise<void>): void;
}

/** Work under way in this process, the last begun last: what ends all that each has opened. */
const underWay = new Set<() => Promise<void>>();
let isOver = false;

/** Ends all that work in this process has opened, for a person who stops it; from then on nothing begins. */
export async function endAll(): Promise<void> {
  isOver = true;
  for (const end of [...underWay].reverse()) await end();
}

/** True after {@link endAll}: what fails now fails because of it. */
export const isEnded = () => isOver;

/**
 * Does a piece of work, and then ends all it opened, the last one first. Work that takes longer than `msMax` is left there and rejects with
 * a sentence that names `who`: a peer that hangs holds back nobody.
 */
export async function withEnds<Value>(
  who: string,
  msMax: number,
  work: (ends: Ends) => Promise<Value>,
): Promise<Value> {
  if (isOver) throw new Error(`${who} was not begun: this run was stopped.`);
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
    add: (end) => (over ? void endOne(end) : void opened.push(end)),
  };
  const endEach = async () => {
    over = true;
    for (const end of opened.reverse()) await endOne(end);
  };
  // Ended once, whoever asks for it first; all who ask wait for it.
  let ending: Promise<void> | null = null;
  const endOpened = () => {
    ending ??= endEach();
    return ending;
  };
  underWay.add(endOpened);
  try {
    const working = work(ends);
    working.catch(() => undefined);
    return await Promise.race([working, late]);
  } finally {
    done.abort();
    await endOpened();
    underWay.delete(endOpened);
  }
}

/** One that fails keeps no other from its end. */
async function endOne(end: () => void | Promise<void>): Promise<void> {
  try {
    await end();
  } catch {
    // It is as ended as it can be.
  }
}

/** What is just being ended may still write. */
const removeFolder = (folder: string) =>
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });

/** All that were made: the process may end before the work does, and a browser that was late may have made its folder anew. */
const folders = new Set<string>();
process.once('exit', () => {
  for (const folder of folders) removeFolder(folder);
});

/** A folder of the work's own under the system's, which goes with it. `name` begins its name. */
export function makeFolder(ends: Ends, name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `laci-${name}-`));
  folders.add(folder);
  ends.add(() => removeFolder(folder));
  return folder;
}

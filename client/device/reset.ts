import { PULLED_COLLECTIONS } from '../../schema/roles.ts';
import type { Shelves } from '../store/device-disk.ts';
import { READ_PAGE } from '../store/read-in-pages.ts';
import type { Shelf } from '../store/shelf.ts';
import type { SyncEngine } from '../sync/engine.ts';
import type { SyncBoard } from '../sync/sync-board.ts';
import type { SyncMemory } from '../sync/sync-memory.ts';
import type { Timers } from './device-deps.ts';
import type { Live } from './live.ts';
import { when } from './when.ts';

/** How long what waits may take to reach the server before it is saved to a file instead, in milliseconds. */
const DRAIN_MS = 20_000;

/**
 * How a reset ended. `done`: all that was pulled is gone and comes again. `no-server`: it cannot be reached, so nothing was removed.
 * `not-active`: another tab has this device.
 */
export type ResetEnd = 'done' | 'no-server' | 'not-active';

export interface ResetDeps {
  readonly board: Pick<SyncBoard, 'status' | 'ready' | 'log'>;
  readonly memory: Pick<SyncMemory, 'forgetPulled'>;
  readonly shelves: Pick<Shelves, (typeof PULLED_COLLECTIONS)[number]>;
  readonly active: Live<boolean>;
  readonly timers: Timers;
  readonly runner: { current(): SyncEngine | null; start(): Promise<void>; stop(): Promise<void> };
  /** What waits, as the text of a rescue file. */
  readonly exportWaiting: () => Promise<string>;
}

/**
 * "Reset and download again": what waits goes to the server first, or where it does not get there into a file, given to `save` before anything
 * is removed. Then all that the server once sent is removed and pulled anew. Own entries, edits and changes of carts stay: they
 * are this device's alone until the server has them. Killed in the middle, the next start goes on pulling.
 */
export async function resetDevice(deps: ResetDeps, save: (rescue: string) => Promise<void>): Promise<ResetEnd> {
  const { board, runner } = deps;
  if (!deps.active.get() || runner.current() === null) return 'not-active';
  if (!(await drained(deps))) await save(await deps.exportWaiting());
  const answer = await runner.current()?.askStatus();
  if (!answer?.ok) return 'no-server';
  board.log.write('Reset: all that was pulled is removed and pulled again');
  await runner.stop();
  try {
    await deps.memory.forgetPulled();
    board.ready(false);
    for (const name of PULLED_COLLECTIONS) await empty(deps.shelves[name] as Shelf<{ readonly id: string }>);
  } finally {
    await runner.start();
  }
  return 'done';
}

/** True when nothing waits any more, after trying for a while. */
async function drained({ board, runner, timers }: ResetDeps): Promise<boolean> {
  const isDrained = () => {
    const { waitingEntries, waitingEdits, waitingDrafts } = board.status.get();
    return waitingEntries + waitingEdits + waitingDrafts === 0;
  };
  if (isDrained()) return true;
  runner.current()?.syncNow();
  await new Promise<void>((resolve) => {
    const cancel = timers.after(DRAIN_MS, resolve);
    void when(board.status, isDrained).then(() => {
      cancel();
      resolve();
    });
  });
  return isDrained();
}

async function empty(shelf: Shelf<{ readonly id: string }>): Promise<void> {
  for (;;) {
    const page = await shelf.find({ limit: READ_PAGE });
    if (page.length === 0) return;
    await shelf.remove(page.map(({ id }) => id));
  }
}

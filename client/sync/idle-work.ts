import type { SyncSettings } from '../device/device.ts';
import type { Cancel, Timers } from '../device/device-deps.ts';
import { isWithin } from './settings.ts';

/** Work for when nobody sells. */
export interface IdleTask {
  readonly name: string;
  /** How often it is due, in milliseconds; `nightly` for once in the night hours. */
  readonly every: (() => number) | 'nightly';
  /** Does it. False when it was cut short: then it stays due. */
  readonly run: (mayGoOn: () => boolean) => Promise<boolean>;
}

export interface IdleWorkDeps {
  readonly timers: Timers;
  /** The hour of this device's day, 0 to 23. */
  readonly hour: () => number;
  readonly settings: () => SyncSettings;
  /** Nothing waits, and the server is there. */
  readonly isLevel: () => boolean;
  readonly tasks: readonly IdleTask[];
  readonly log: (text: string) => void;
}

/** All work that can wait, in one place: it yields to selling. */
export interface IdleWork {
  start(): void;
  /** Somebody sells: what is not begun waits, and what runs stops at its next pause. */
  touched(): void;
  stop(): void;
}

/** How often it is looked whether a night began or ended. */
const LOOK_MS = 10 * 60 * 1000;

export function createIdleWork({ timers, hour, settings, isLevel, tasks, log }: IdleWorkDeps): IdleWork {
  const due = new Set<IdleTask>();
  const nights = new Set<IdleTask>();
  const cancels = new Map<IdleTask | 'quiet' | 'look', Cancel>();
  let touches = 0;
  let running = false;
  let stopped = false;

  const after = (key: IdleTask | 'quiet' | 'look', ms: number, act: () => void) => {
    cancels.get(key)?.();
    cancels.set(key, timers.after(ms, act));
  };
  const isPeak = () => isWithin(settings().peakHours, hour());
  const waitForQuiet = () => after('quiet', settings().idleAfterMs, () => void work());
  const work = async () => {
    const [task] = due;
    if (running || stopped || task === undefined) return;
    if (isPeak() || !isLevel()) return waitForQuiet();
    const before = touches;
    running = true;
    const finished = await task
      .run(() => touches === before && !stopped && !isPeak())
      .catch((error: unknown) => {
        log(`${task.name}: ${String(error)}`);
        return true;
      });
    running = false;
    if (finished) due.delete(task);
    if (!stopped && due.size > 0) waitForQuiet();
  };
  const becomeDue = (task: IdleTask) => {
    due.add(task);
    waitForQuiet();
  };
  const repeat = (task: IdleTask, every: () => number) => {
    after(task, every(), () => {
      becomeDue(task);
      repeat(task, every);
    });
  };
  const look = () => {
    const isNight = isWithin(settings().nightHours, hour());
    for (const task of tasks.filter(({ every }) => every === 'nightly')) {
      if (isNight && !nights.has(task)) becomeDue(task);
      if (isNight) nights.add(task);
      else nights.delete(task);
    }
    after('look', LOOK_MS, look);
  };
  return {
    start: () => {
      for (const task of tasks) if (task.every !== 'nightly') repeat(task, task.every);
      look();
    },
    touched: () => {
      touches += 1;
      if (due.size > 0) waitForQuiet();
    },
    stop: () => {
      stopped = true;
      for (const cancel of cancels.values()) cancel();
    },
  };
}

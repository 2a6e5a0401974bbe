import type { Timers } from '../../client/device/device-deps.ts';
import type { Cancel, VirtualTime } from './virtual-time.ts';

/**
 * One browser tab, or a server's process: whatever runs. Killed, nothing it began ever goes on; frozen, it goes on where it was
 * when it thaws.
 */
export interface Tab {
  readonly timers: Timers;
  isAlive(): boolean;
  isFrozen(): boolean;
  /** Now, or at some time before. */
  wasFrozen(): boolean;
  /** Runs `act` in this tab: later if it is frozen, never if it is dead. */
  run(act: () => void): void;
  /** Resolves in this tab: later if it is frozen, never if it is dead. */
  gate(): Promise<void>;
  freeze(): void;
  thaw(): void;
  kill(): void;
  /** Own entries whose write has begun and not ended. */
  writing: number;
  /** Hears of the end; gives what calls that off. */
  onKilled(act: () => void): () => void;
}

export function createTab(time: VirtualTime): Tab {
  let [alive, frozen, hasFrozen] = [true, false, false];
  let waiting: (() => void)[] = [];
  const heirs = new Set<() => void>();
  const run = (act: () => void): void => {
    if (!alive) return;
    if (frozen) waiting.push(act);
    else act();
  };
  const after = (ms: number, act: () => void): Cancel => {
    let wanted = true;
    const cancel = time.after(ms, () => run(() => wanted && act()));
    return () => {
      wanted = false;
      cancel();
    };
  };
  return {
    timers: { after },
    writing: 0,
    isAlive: () => alive,
    isFrozen: () => frozen,
    wasFrozen: () => hasFrozen,
    run,
    gate: () => (alive && !frozen ? Promise.resolve() : new Promise((resolve) => run(resolve))),
    freeze: () => {
      frozen = true;
      hasFrozen = true;
    },
    thaw: () => {
      frozen = false;
      const now = waiting;
      waiting = [];
      for (const act of now) run(act);
    },
    kill: () => {
      if (!alive) return;
      alive = false;
      waiting = [];
      for (const heir of [...heirs]) heir();
    },
    onKilled: (act) => {
      heirs.add(act);
      return () => void heirs.delete(act);
    },
  };
}

import { type DiskEstimate, hasRoomToPull, type RoomLevel, roomLevel } from '../store/disk-room.ts';
import { createMutex } from '../store/mutex.ts';
import type { Cancel, DiskKeeper, Timers } from './device-deps.ts';
import type { ReserveState } from './disk-reserve.ts';
import { createLive, type Live } from './live.ts';

/** What this device knows of the disk it lives on. */
export interface StorageHealth {
  readonly level: RoomLevel;
  /** Bytes, as the browser estimates them; null where it does not tell. */
  readonly estimate: DiskEstimate | null;
  /** True: the browser promised to keep the data. False: it may evict them when space is short. Null: not asked yet. */
  readonly kept: boolean | null;
}

/** How often the disk is looked at without a reason, in milliseconds. */
const LOOK_MS = 60_000;
/** How long after an entry: trying the disk takes tens of milliseconds, and the next customer's goods are being scanned. */
export const LOOK_AFTER_ENTRY_MS = 2_000;

export interface StorageWatch {
  readonly health: Live<StorageHealth>;
  hasRoomToPull(): boolean;
  /** Asks the browser to keep the data, looks at the room, and goes on looking. */
  start(): void;
  /** Looks at the room now. */
  look(): Promise<void>;
  /** An entry was written: looks at the room when that has been a moment ago. */
  touched(): void;
  /** Gives the room that was held to a sale that must be written; until it is held again the disk is full. */
  spend(): Promise<boolean>;
  /** Asks again: an installed app may be promised what a page was not. */
  askToKeep(): Promise<boolean>;
  stop: Cancel;
}

/** Watches the room on this device's disk, so that a sale is refused before payment and never after it (F9). */
export function watchStorage(keeper: DiskKeeper, timers: Timers): StorageWatch {
  const health = createLive<StorageHealth>({ level: 'unknown', estimate: null, kept: null });
  let cancel: Cancel = () => undefined;
  let cancelTouched: Cancel = () => undefined;
  let stopped = false;
  let reserve: ReserveState = 'unknown';
  const inTurn = createMutex();
  const look = () =>
    inTurn(async () => {
      const estimate = await keeper.estimate().catch(() => null);
      reserve = (await keeper.reserve?.hold(estimate?.usage ?? 0)) ?? 'unknown';
      health.set({ ...health.get(), estimate, level: roomLevel(estimate, reserve) });
    });
  const askToKeep = async () => {
    const kept = await keeper.keep().catch(() => false);
    health.set({ ...health.get(), kept });
    return kept;
  };
  const lookOn = () => {
    if (stopped) return;
    cancel = timers.after(LOOK_MS, () => void look().then(lookOn));
  };
  const touched = () => {
    cancelTouched();
    if (!stopped) cancelTouched = timers.after(LOOK_AFTER_ENTRY_MS, () => void look());
  };
  return {
    health,
    touched,
    spend: async () => {
      const given = (await keeper.reserve?.spend()) ?? false;
      if (given) reserve = 'full';
      if (given) health.set({ ...health.get(), level: 'full' });
      // What it was spent on may not have been written either: then no entry asks to look again.
      if (given) touched();
      return given;
    },
    hasRoomToPull: () => hasRoomToPull(health.get().estimate, reserve),
    look,
    askToKeep,
    start: () => {
      // Some browsers ask the person first, and a reserve takes a moment to write: opening waits for neither.
      void askToKeep();
      void look().then(lookOn);
    },
    stop: () => {
      stopped = true;
      cancel();
      cancelTouched();
    },
  };
}

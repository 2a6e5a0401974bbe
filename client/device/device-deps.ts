import type { OpenDraftReader } from '../drafts/draft-reader.ts';
import type { PrinterDoor } from '../print/printer.ts';
import type { OpenDisk } from '../store/device-disk.ts';
import type { DiskEstimate } from '../store/disk-room.ts';
import type { Vault } from '../store/vault.ts';
import type { EngineDeps, SyncEngine } from '../sync/engine.ts';
import type { OpenSocket } from '../sync/socket.ts';
import type { BackRoomProgram } from './back-room.ts';
import type { DiskReserve } from './disk-reserve.ts';

/** Gives back the way to call it off. */
export type Cancel = () => void;

/** One-shot timers; what repeats sets itself again, so that nothing piles up while a tab sleeps. */
export interface Timers {
  after(ms: number, act: () => void): Cancel;
}

/** Chance: numbers for jitter, bytes for ids. */
export interface Random {
  /** A number from 0 (included) to 1 (not included). */
  number(): number;
  bytes(count: number): Uint8Array;
}

/** A lock held by this tab. `lost` settles when another tab took it; `release` gives it back, and resolves when others can have it. */
export interface HeldLock {
  readonly lost: Promise<void>;
  release(): Promise<void>;
}

/** One writer per device: the Web Lock, or what stands for it in Node. */
export interface DeviceLock {
  /** The lock, or null when another tab holds it. With `steal` it is always given, and the other tab loses it. */
  acquire(name: string, options: { readonly steal: boolean }): Promise<HeldLock | null>;
}

/** What the browser says about the world around the app. Each subscribes and gives back the way to stop. */
export interface Surroundings {
  /** The network came back. */
  onOnline(act: () => void): Cancel;
  /** The app came into view again. */
  onVisible(act: () => void): Cancel;
}

/** The disk that the browser lends this app. */
export interface DiskKeeper {
  /** Bytes in use and allowed; null where the browser does not tell. */
  estimate(): Promise<DiskEstimate | null>;
  /** Asks the browser to keep the data even when space is short. Gives its answer. */
  keep(): Promise<boolean>;
  /** Room that is held for a sale that was paid for; left out where nothing holds it. */
  readonly reserve?: DiskReserve;
}

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** What is fetched to replicate. */
export interface SyncProgram {
  createEngine(deps: EngineDeps): SyncEngine;
}

/** Everything a device needs of the world; nothing below this makes a real one. */
export interface DeviceDeps {
  /** The slot (`?till=NAME`): devices of different slots share nothing in one browser. */
  readonly name: string;
  readonly openDisk: OpenDisk;
  readonly vault: Vault;
  /** Left out: nothing is known of the room on the disk, and nothing is refused for it. */
  readonly keeper?: DiskKeeper;
  /** Milliseconds since 1970 by this device; a claim, it orders nothing. */
  readonly clock: () => number;
  /** Minutes that this device's zone is ahead of Greenwich at a time; left out: as the machine says. */
  readonly zoneMinutes?: ((at: number) => number) | undefined;
  readonly timers: Timers;
  readonly random: Random;
  readonly fetch: Fetch;
  /** A text in UTF-8, compressed; missing where that is not possible. */
  readonly gzip?: (text: string) => Promise<Uint8Array<ArrayBuffer>>;
  readonly openSocket: OpenSocket;
  /** The program of sync. Where it is not awaited, a device is open before it has come; one that has nothing to show yet waits for nothing (`isEmpty`). */
  readonly sync: { readonly load: (isEmpty: boolean) => Promise<SyncProgram>; readonly isAwaited: boolean };
  /** The program of the back room; null until it has come, and then nothing may ask for a part of it. */
  readonly backRoom: () => BackRoomProgram | null;
  readonly subtle: SubtleCrypto;
  readonly lock: DeviceLock;
  readonly surroundings: Surroundings;
  /** Left out: changes of held carts are kept and sent, and no cart can be held or read. */
  readonly openDrafts?: OpenDraftReader;
  /** Left out: no receipt printer can be reached from here. */
  readonly printers?: PrinterDoor;
  /** Where the app came from, e.g. `https://toko.lan:4780`; the server unless a setting names another. */
  readonly origin: string;
}

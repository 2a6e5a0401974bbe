import type { Cancel, Timers } from '../device/device-deps.ts';

/** Work that is done a moment later and a slice at a time, so that neither a start nor a screen waits for it. */
export interface Slices<Item> {
  add(items: readonly Item[]): void;
  /** Forgets what waits, for all of these, which are asked for then. */
  begin(items: () => Iterable<Item>): void;
  /** Does at once what still waits. */
  finish(): void;
  stop(): void;
}

/** So long nothing new: a start and a first pull have other things to do. */
const BEGIN_MS = 250;

/** `size` items at once, each of which `act` does. Before they are asked for `ahead` is done, a piece at a time, until it says that nothing is left. */
export function createSlices<Item>(
  timers: Timers,
  size: number,
  act: (item: Item) => void,
  ahead: () => boolean = () => false,
): Slices<Item> {
  let unread: (() => Iterable<Item>) | null = null;
  let waiting: (readonly Item[])[] = [];
  let cancel: Cancel = () => undefined;
  const wait = (items: readonly Item[]) => {
    for (let at = 0; at < items.length; at += size) waiting.push(items.slice(at, at + size));
  };
  const forget = () => {
    cancel();
    unread = null;
    waiting = [];
  };
  const actOnSlice = () => {
    if (unread && ahead()) return true;
    if (unread) wait([...unread()]);
    unread = null;
    for (const item of waiting.shift() ?? []) act(item);
    return waiting.length > 0;
  };
  const actLater = (ms: number) => {
    cancel();
    cancel = timers.after(ms, () => {
      if (actOnSlice()) actLater(0);
    });
  };
  return {
    add: (items) => {
      // All of those that are asked for then are these too.
      if (!unread) wait(items);
      if (items.length > 0) actLater(BEGIN_MS);
    },
    begin: (items) => {
      forget();
      unread = items;
      actLater(BEGIN_MS);
    },
    finish: () => {
      cancel();
      while (unread || waiting.length > 0) actOnSlice();
    },
    stop: forget,
  };
}

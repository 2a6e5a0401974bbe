import type { Scope } from '../../schema/ids.ts';
import { TILL_WINDOW_DAYS, WINDOW_DAYS_MAX } from '../../schema/limits.ts';
import type { DeviceRole } from '../../schema/roles.ts';
import type { ReadTx, Store } from '../store/store.ts';
import type { Core } from './core.ts';
import { epochOf } from './epoch.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Starts remembered per store: more than the windows of one shop's devices in its branches. */
const KNOWN_MAX = 500;

/** The days of the other devices' entries that a device asks for in a URL; undefined where it names no number. */
export function parseWindow(text: unknown): number | undefined {
  return typeof text === 'string' && /^-?\d{1,15}$/.test(text.trim()) ? Number(text) : undefined;
}

/** The days that a device is given at first: what it asks for, clamped; else a till has its window and an office all (null). */
export function windowOf(role: DeviceRole, asked: number | undefined): number | null {
  if (asked !== undefined) return Math.min(Math.max(asked, 1), WINDOW_DAYS_MAX);
  return role === 'till' ? TILL_WINDOW_DAYS : null;
}

/**
 * The place in a scope's history behind which a window of so many days begins, counted in whole days of UTC: nothing that arrived in
 * it stands before. It is for devices that begin; one that holds a place goes on from there, and so does an entry whose verdict changes.
 */
export async function windowStart(core: Core, tx: ReadTx, scope: Scope, days: number | null): Promise<number> {
  if (days === null) return 0;
  const day = Math.floor(core.deps.now() / DAY_MS) - days;
  const known = knownStarts(core.store);
  const key = `${(await epochOf(tx)).id} ${scope} ${day}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const start = await tx.journalSeqBefore(scope, day * DAY_MS);
  // Nothing in it yet: what comes next begins it. Otherwise it begins there for good, or behind, where an entry moved on.
  if (start < (await tx.place(scope)).seq) remember(known, key, start);
  return start;
}

/** Finding a start reads all of the window, and devices ask every hour. */
const starts = new WeakMap<Store, Map<string, number>>();

function knownStarts(store: Store): Map<string, number> {
  const known = starts.get(store) ?? new Map<string, number>();
  starts.set(store, known);
  return known;
}

function remember(known: Map<string, number>, key: string, start: number): void {
  if (known.size >= KNOWN_MAX) known.clear();
  known.set(key, start);
}

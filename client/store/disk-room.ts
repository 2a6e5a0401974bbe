import { SALE_BYTES_MAX } from '../../schema/limits.ts';

/** Bytes in use by this app and allowed to it, as the browser estimates them. */
export interface DiskEstimate {
  readonly usage: number;
  readonly quota: number;
}

/**
 * `fine`. `low`: a person is told to make room. `full`: no sale begins, because the disk might not take it. `unknown`: the
 * browser does not tell, and nothing is refused on a guess.
 */
export type RoomLevel = 'fine' | 'low' | 'full' | 'unknown';

/** Above this share of what is allowed, a person is warned. */
export const ROOM_WARN_SHARE = 0.7;

/**
 * The most that writing one sale takes, in bytes: its text (a structured clone has at most two bytes where JSON has one), written to the
 * storage's log and again to its tables.
 */
export const SALE_WRITE_BYTES_MAX = 2 * 2 * SALE_BYTES_MAX;

/**
 * Room that must be left before a payment begins, in bytes: thirty times the largest sale, because between the question and the sale
 * other things are written (pages of a pull, a moved mark) and estimates are coarse.
 */
export const SALE_RESERVE_BYTES = 32 * SALE_WRITE_BYTES_MAX;

/** Below this no pull begins: what is left is for sales. */
export const PULL_RESERVE_BYTES = 2 * SALE_RESERVE_BYTES;

/** The most that is tried out for a warning, in bytes: where a file of holes takes real room, it must not take long. */
const WARN_TRIED_BYTES_MAX = 64 * 1024 * 1024;

/** What the room held for sales says: `scarce`, a sale fits, and less is left than {@link ROOM_WARN_SHARE} leaves. */
export type HeldRoom = 'held' | 'scarce' | 'full' | 'unknown';

/** Bytes that fit while no more than {@link ROOM_WARN_SHARE} is used: to be tried out where a browser does not tell its quota. */
export function bytesLeftUnwarned(used: number): number {
  return Math.min(Math.floor((used * (1 - ROOM_WARN_SHARE)) / ROOM_WARN_SHARE), WARN_TRIED_BYTES_MAX);
}

/** How much the disk has left, judged for selling: by the room that is held for it, and by what the browser says. */
export function roomLevel(estimate: DiskEstimate | null, reserve: HeldRoom): RoomLevel {
  if (reserve === 'full') return 'full';
  if (estimate !== null && bytesLeft(estimate) < SALE_RESERVE_BYTES) return 'full';
  if (reserve === 'scarce') return 'low';
  if (estimate === null) return reserve === 'held' ? 'fine' : 'unknown';
  return estimate.usage > estimate.quota * ROOM_WARN_SHARE ? 'low' : 'fine';
}

/** May a pull write now? */
export function hasRoomToPull(estimate: DiskEstimate | null, reserve: HeldRoom): boolean {
  if (reserve === 'full') return false;
  return estimate === null || bytesLeft(estimate) >= PULL_RESERVE_BYTES;
}

function bytesLeft({ usage, quota }: DiskEstimate): number {
  return quota - usage;
}

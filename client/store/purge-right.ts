import { type Epoch, sameEpoch } from '../../schema/epoch.ts';
import type { Acknowledged, AcknowledgedDay } from './vault.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Own entries stay so long after their acknowledgement: a server restored from a backup of that age gets them again. */
export const KEEP_ACKNOWLEDGED_MS = 35 * DAY_MS;
/** Days remembered: those within the time above, one before them, and some to spare. */
const DAYS_MAX = 40;

/**
 * Notes how far the server has acknowledged, once a day. What was acknowledged in another epoch says nothing any more, nor does a day in the
 * future: the server's clock was wrong then.
 */
export function noteAcknowledged(
  days: readonly AcknowledgedDay[],
  { epoch, head }: Acknowledged,
  serverTime: number,
): readonly AcknowledgedDay[] {
  const held = days.filter((day) => sameEpoch(day.epoch, epoch) && day.at <= serverTime);
  const last = held.at(-1);
  if (last && serverTime - last.at < DAY_MS) return held.length === days.length ? days : held;
  return [...held, { epoch, at: serverTime, seq: head.seq }].slice(-DAYS_MAX);
}

export interface PurgeFacts {
  readonly epoch: Epoch;
  readonly serverTime: number;
  readonly acknowledged: Acknowledged;
  readonly days: readonly AcknowledgedDay[];
  /** Own entries up to this seq are in the server's newest backup; undefined where the server does not say. */
  readonly backedUp: number | undefined;
}

/**
 * The last own entry that may go as far as the server is concerned: acknowledged at least 35 days ago in the present epoch, and
 * backed up, and nothing from the first that it refused or has no text of. Times are the server's, so that no wrong clock purges. 0 for none.
 */
export function purgeableThrough({ epoch, serverTime, acknowledged, days, backedUp }: PurgeFacts): number {
  if (!sameEpoch(acknowledged.epoch, epoch)) return 0;
  const old = days.filter((day) => sameEpoch(day.epoch, epoch) && serverTime - day.at >= KEEP_ACKNOWLEDGED_MS);
  const { refused = [], stubs = [] } = acknowledged;
  return Math.min(
    acknowledged.head.seq,
    ...[...refused, ...stubs].map((seq) => seq - 1),
    backedUp ?? 0,
    Math.max(0, ...old.map(({ seq }) => seq)),
  );
}

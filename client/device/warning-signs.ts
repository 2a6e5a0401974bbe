import type { SyncSettings, SyncStatus } from './device.ts';

/**
 * What a cashier should know before it becomes trouble. `waiting`: much has not reached the server. `stale`: what is known of the other
 * tills is old. `offline`: the same, and for so long without a connection that somebody should look at it.
 */
export type SignKind = 'waiting' | 'stale' | 'offline';

export interface WarningSign {
  readonly kind: SignKind;
  /** 1 beyond the bound, one more each time it has doubled: a dismissed sign returns at a greater one. */
  readonly level: number;
  /** Entries, edits and changes; or milliseconds. */
  readonly value: number;
}

type Bounds = Pick<SyncSettings, 'waitingMax' | 'staleAfterMs' | 'offlineAfterMs'>;

/** The signs at the time `now` of the device's clock, at most two. */
export function warningSigns(status: SyncStatus, bounds: Bounds, now: number): WarningSign[] {
  const waiting = status.waitingEntries + status.waitingEdits + status.waitingDrafts;
  return [...signOf('waiting', waiting, bounds.waitingMax), ...ageSign(status, bounds, now)];
}

/** How old this device's knowledge of the others is by its own clock; null where that is none: never, or live and nothing failed since. */
export function knowledgeAge({ connection, lastSyncAt, lastError }: SyncStatus, now: number): number | null {
  if (lastSyncAt === null) return null;
  // With a live socket silence means that nothing happened.
  const isLevel = connection === 'online' && (lastError === null || lastError.at <= lastSyncAt);
  return isLevel ? null : now - lastSyncAt;
}

/** Being away for long says that the data is old, too: one of the two is enough. */
function ageSign(status: SyncStatus, { staleAfterMs, offlineAfterMs }: Bounds, now: number): WarningSign[] {
  const age = knowledgeAge(status, now) ?? 0;
  const isAway = status.connection !== 'online' && age > offlineAfterMs;
  return isAway ? signOf('offline', age, offlineAfterMs) : signOf('stale', age, staleAfterMs);
}

function signOf(kind: SignKind, value: number, bound: number): WarningSign[] {
  return value > bound ? [{ kind, value, level: 1 + Math.floor(Math.log2(value / bound)) }] : [];
}

/** The level at which each sign was dismissed. */
export type Dismissed = Readonly<Partial<Record<SignKind, number>>>;

/** Those worse than when they were dismissed. */
export function undismissed(signs: readonly WarningSign[], dismissed: Dismissed): WarningSign[] {
  return signs.filter(({ kind, level }) => level > (dismissed[kind] ?? 0));
}

/** What is dismissed once these signs were: a sign that is gone may come back as new. */
export function dismissSigns(signs: readonly WarningSign[]): Dismissed {
  return Object.fromEntries(signs.map(({ kind, level }) => [kind, level]));
}

/** Without those whose sign is gone; the same object where none is. */
export function forgetGone(signs: readonly WarningSign[], dismissed: Dismissed): Dismissed {
  const kinds = new Set(signs.map(({ kind }) => kind));
  const kept = Object.entries(dismissed).filter(([kind]) => kinds.has(kind as SignKind));
  return kept.length === Object.keys(dismissed).length ? dismissed : Object.fromEntries(kept);
}

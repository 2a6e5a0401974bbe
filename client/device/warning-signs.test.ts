import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../sync/settings.ts';
import type { SyncStatus } from './device.ts';
import { dismissSigns, forgetGone, undismissed, warningSigns } from './warning-signs.ts';

const HOUR = 3_600_000;
const NOW = 1_000 * HOUR;
const level: SyncStatus = {
  connection: 'online',
  waitingEntries: 0,
  waitingEdits: 0,
  waitingDrafts: 0,
  lastSyncAt: NOW,
  lastError: null,
  fullSync: null,
  ready: true,
  revoked: false,
};
const signs = (change: Partial<SyncStatus>, bounds = {}) =>
  warningSigns({ ...level, ...change }, { ...DEFAULT_SETTINGS, ...bounds }, NOW).map(({ kind, level }) => [
    kind,
    level,
  ]);

describe('warning signs', () => {
  it('[STATE1] more than 50 waiting warn, of whatever kind', () => {
    expect(signs({ waitingEntries: 48, waitingEdits: 1, waitingDrafts: 1 })).toEqual([]);
    expect(signs({ waitingEntries: 48, waitingEdits: 1, waitingDrafts: 2 })).toEqual([['waiting', 1]]);
    expect(signs({ waitingEntries: 6 }, { waitingMax: 5 })).toEqual([['waiting', 1]]);
  });

  it('[STATE1] a last sync over an hour ago warns, and a whole shift without a connection instead', () => {
    const since = (hours: number) => ({ connection: 'offline', lastSyncAt: NOW - hours * HOUR }) as const;
    expect(signs(since(1))).toEqual([]);
    expect(signs(since(1.01))).toEqual([['stale', 1]]);
    expect(signs(since(8))).toEqual([['stale', 4]]);
    expect(signs(since(8.1))).toEqual([['offline', 1]]);
    expect(signs(since(0.1), { staleAfterMs: 60_000 })).toEqual([['stale', 3]]);
    expect(signs({ connection: 'trouble', lastSyncAt: NOW - 9 * HOUR })).toEqual([['offline', 1]]);
  });

  it('[STATE1] a quiet shop with a live connection is no old data, unless something failed since', () => {
    const quiet = { lastSyncAt: NOW - 2 * HOUR };
    expect(signs(quiet)).toEqual([]);
    expect(signs({ ...quiet, lastError: { at: NOW - 3 * HOUR, text: 'x' } })).toEqual([]);
    expect(signs({ ...quiet, lastError: { at: NOW - HOUR, text: 'x' } })).toEqual([['stale', 2]]);
    expect(signs({ connection: 'offline', lastSyncAt: null })).toEqual([]);
    expect(signs({ connection: 'offline', lastSyncAt: NOW + HOUR })).toEqual([]);
  });

  it('[STATE2] what was dismissed comes back when it has doubled, or as new after it was gone', () => {
    const at = (waitingEntries: number) => warningSigns({ ...level, waitingEntries }, DEFAULT_SETTINGS, NOW);
    const dismissed = dismissSigns(at(60));
    expect(undismissed(at(99), dismissed)).toEqual([]);
    expect(undismissed(at(101), dismissed)).toMatchObject([{ kind: 'waiting', level: 2 }]);
    expect(forgetGone(at(70), dismissed)).toBe(dismissed);
    expect(undismissed(at(51), forgetGone(at(10), dismissed))).toMatchObject([{ kind: 'waiting' }]);
  });
});

import { expect, test } from 'vitest';
import { EMPTY_HEAD } from '../../schema/chain.ts';
import type { Epoch } from '../../schema/epoch.ts';
import { KEEP_ACKNOWLEDGED_MS, noteAcknowledged, type PurgeFacts, purgeableThrough } from './purge-right.ts';
import type { AcknowledgedDay } from './vault.ts';

const EPOCH = { n: 2, id: 'b' } as unknown as Epoch;
const OLDER = { n: 1, id: 'a' } as unknown as Epoch;
const DAY_MS = 24 * 60 * 60 * 1000;
const acknowledged = (seq: number, epoch = EPOCH) => ({ epoch, head: { ...EMPTY_HEAD, seq } });
const facts: PurgeFacts = {
  epoch: EPOCH,
  serverTime: 100 * DAY_MS,
  acknowledged: acknowledged(900),
  days: [
    { epoch: EPOCH, at: 60 * DAY_MS, seq: 400 },
    { epoch: EPOCH, at: 100 * DAY_MS - KEEP_ACKNOWLEDGED_MS, seq: 500 },
    { epoch: EPOCH, at: 90 * DAY_MS, seq: 800 },
  ],
  backedUp: 700,
};

test('[LIFE2] what was acknowledged 35 days ago in this epoch and is backed up may go', () => {
  expect(purgeableThrough(facts)).toBe(500);
  expect(purgeableThrough({ ...facts, serverTime: facts.serverTime - 1 })).toBe(400);
});

test.each<[string, Partial<PurgeFacts>]>([
  ['the server does not say what is backed up', { backedUp: undefined }],
  ['nothing is backed up', { backedUp: 0 }],
  ['the acknowledgement is of another epoch', { acknowledged: acknowledged(900, OLDER) }],
  ['the days are of another epoch', { days: facts.days.map((day) => ({ ...day, epoch: OLDER })) }],
  ['no day is old enough', { days: facts.days.slice(2) }],
  ['the epoch is a new one', { epoch: { n: 3, id: 'c' } as unknown as Epoch }],
])('[LIFE2] nothing goes when %s', (_name, change) => {
  expect(purgeableThrough({ ...facts, ...change })).toBe(0);
});

test('[LIFE2] never more than is acknowledged now or backed up', () => {
  expect(purgeableThrough({ ...facts, backedUp: 450 })).toBe(450);
  expect(purgeableThrough({ ...facts, acknowledged: acknowledged(300) })).toBe(300);
  expect(purgeableThrough({ ...facts, acknowledged: { ...acknowledged(900), refused: [420, 41] } })).toBe(40);
});

test('[LIFE2] the acknowledged head is noted once a day; another epoch begins anew, and the list stays short', () => {
  let days: readonly AcknowledgedDay[] = [{ epoch: OLDER, at: 0, seq: 9 }];
  for (let hour = 0; hour < 24 * 100; hour += 1)
    days = noteAcknowledged(days, acknowledged(hour), hour * (DAY_MS / 24));
  expect(days.length).toBeLessThan(50);
  expect(days.every(({ at }, index) => index === 0 || at - (days[index - 1]?.at ?? 0) >= DAY_MS)).toBe(true);
  const spanMs = (days.at(-1)?.at ?? 0) - (days[0]?.at ?? 0);
  expect(spanMs).toBeGreaterThan(KEEP_ACKNOWLEDGED_MS);
});

test('[LIFE2] [F7] a day that a server with a wrong clock noted in the future is noted anew, and none is lost by it', () => {
  const future = [{ epoch: EPOCH, at: 9_000 * DAY_MS, seq: 300 }];
  const noted = noteAcknowledged([...facts.days, ...future], acknowledged(900), facts.serverTime);
  expect(noted.map(({ seq }) => seq)).toEqual([400, 500, 800, 900]);
  expect(noteAcknowledged(future, acknowledged(310), 50 * DAY_MS)).toEqual([
    { epoch: EPOCH, at: 50 * DAY_MS, seq: 310 },
  ]);
});

import { expect, test } from 'vitest';
import { SALE_RESERVE_BYTES } from '../store/disk-room.ts';
import { createManualTimers } from '../sync/manual-timers.ts';
import type { DiskKeeper } from './device-deps.ts';
import type { ReserveState } from './disk-reserve.ts';
import { LOOK_AFTER_ENTRY_MS, watchStorage } from './storage-watch.ts';

const QUOTA = 1024 ** 3;

function createDisk() {
  const disk = { usage: 0, kept: false, asked: 0, broken: false, reserve: 'held' as ReserveState };
  const keeper: DiskKeeper = {
    estimate: async () => {
      if (disk.broken) throw new Error('not here');
      return { usage: disk.usage, quota: QUOTA };
    },
    reserve: { hold: async () => (disk.broken ? 'unknown' : disk.reserve), spend: async () => true },
    keep: async () => {
      disk.asked += 1;
      return disk.kept;
    },
  };
  const timers = createManualTimers();
  return { disk, timers, watch: watchStorage(keeper, timers) };
}

test('[DISK5] the browser is asked to keep the data at start, its answer is told, and asked again on request', async () => {
  const { disk, watch } = createDisk();
  expect(watch.health.get()).toEqual({ level: 'unknown', estimate: null, kept: null });
  watch.start();
  await expect.poll(() => watch.health.get().kept).toBe(false);
  disk.kept = true;
  expect(await watch.askToKeep()).toBe(true);
  expect([disk.asked, watch.health.get().kept]).toEqual([2, true]);
  watch.stop();
});

test('[F9] [DISK6] room is looked at again after a write and from time to time, until it is stopped', async () => {
  const { disk, timers, watch } = createDisk();
  watch.start();
  await expect.poll(() => watch.health.get().level).toBe('fine');
  expect(watch.hasRoomToPull()).toBe(true);
  disk.usage = 0.8 * QUOTA;
  await watch.look();
  expect(watch.health.get().level).toBe('low');
  disk.usage = QUOTA - SALE_RESERVE_BYTES + 1;
  timers.pass(60_000);
  await expect.poll(() => watch.health.get().level).toBe('full');
  expect(watch.hasRoomToPull()).toBe(false);
  watch.stop();
  expect(timers.waiting()).toBe(0);
});

test('[F9] a browser that cannot tell is no reason to refuse a sale', async () => {
  const { disk, timers, watch } = createDisk();
  disk.broken = true;
  watch.start();
  await expect.poll(() => timers.waiting()).toBe(1);
  expect(watch.health.get()).toMatchObject({ level: 'unknown', estimate: null });
  watch.stop();
});

test('[F9] [DISK6] an entry is followed by a look a moment later, once; room that was given away makes the disk full at once', async () => {
  const { disk, timers, watch } = createDisk();
  await watch.look();
  disk.usage = 0.8 * QUOTA;
  watch.touched();
  timers.pass(LOOK_AFTER_ENTRY_MS - 1);
  watch.touched();
  timers.pass(LOOK_AFTER_ENTRY_MS - 1);
  expect([watch.health.get().level, timers.waiting()]).toEqual(['fine', 1]);
  timers.pass(1);
  await expect.poll(() => watch.health.get().level).toBe('low');
  expect(await watch.spend()).toBe(true);
  expect([watch.health.get().level, watch.hasRoomToPull()]).toEqual(['full', false]);
  await watch.look();
  expect(watch.health.get().level).toBe('low');
  watch.touched();
  watch.stop();
  expect(timers.waiting()).toBe(0);
});

test('[F9] the room that is held for a sale decides, where the browser reports room that is not there', async () => {
  const { disk, watch } = createDisk();
  disk.reserve = 'full';
  await watch.look();
  expect([watch.health.get().level, watch.hasRoomToPull()]).toEqual(['full', false]);
  disk.reserve = 'held';
  await watch.look();
  expect(watch.health.get().level).toBe('fine');
});

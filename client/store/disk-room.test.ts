import { expect, test } from 'vitest';
import {
  bytesLeftUnwarned,
  hasRoomToPull,
  PULL_RESERVE_BYTES,
  ROOM_WARN_SHARE,
  roomLevel,
  SALE_RESERVE_BYTES,
  SALE_WRITE_BYTES_MAX,
} from './disk-room.ts';

const GIB = 1024 ** 3;
const left = (bytes: number, quota = 100 * GIB) => ({ quota, usage: quota - bytes });

test('[F9] a person is warned above 70 %, and no sale begins where less than the reserve is left', () => {
  expect(roomLevel({ usage: ROOM_WARN_SHARE * GIB, quota: GIB }, 'held')).toBe('fine');
  expect(roomLevel({ usage: ROOM_WARN_SHARE * GIB + 1, quota: GIB }, 'held')).toBe('low');
  expect(roomLevel(left(SALE_RESERVE_BYTES), 'unknown')).toBe('low');
  expect(roomLevel(left(SALE_RESERVE_BYTES - 1), 'held')).toBe('full');
  expect(roomLevel({ usage: 2 * GIB, quota: GIB }, 'held')).toBe('full');
});

test('[F9] the reserve holds the largest sale many times, and pulls stop before they touch it', () => {
  expect(SALE_RESERVE_BYTES).toBeGreaterThan(10 * SALE_WRITE_BYTES_MAX);
  expect([
    hasRoomToPull(left(PULL_RESERVE_BYTES), 'held'),
    hasRoomToPull(left(PULL_RESERVE_BYTES - 1), 'held'),
  ]).toEqual([true, false]);
});

test('[F9] a browser that does not tell refuses nothing', () => {
  expect([roomLevel(null, 'unknown'), hasRoomToPull(null, 'unknown')]).toEqual(['unknown', true]);
  expect(roomLevel(null, 'held')).toBe('fine');
});

test('[F9] where a browser tells no quota, what is used and what fits beside it warn at the same share', () => {
  expect(bytesLeftUnwarned(7_000_000)).toBe(3_000_000);
  expect(bytesLeftUnwarned(100 * GIB)).toBeLessThan(GIB);
  expect(roomLevel(left(50 * GIB), 'scarce')).toBe('low');
  expect(roomLevel(null, 'scarce')).toBe('low');
  expect(roomLevel(left(SALE_RESERVE_BYTES - 1), 'scarce')).toBe('full');
  expect(hasRoomToPull(null, 'scarce')).toBe(true);
});

test('[F9] where the room for a sale could not be held, the disk is full, whatever the browser says', () => {
  expect([roomLevel(left(50 * GIB), 'full'), roomLevel(null, 'full')]).toEqual(['full', 'full']);
  expect(hasRoomToPull(left(50 * GIB), 'full')).toBe(false);
});

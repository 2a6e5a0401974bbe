import { expect, test } from 'vitest';
import { createDiskReserve, RESERVE_BYTES } from './disk-reserve.ts';

const MIB = 1024 * 1024;

/** A private file system that takes so many bytes and no more, charged for their length; a file is replaced when it is closed. */
function filesWithin(disk: { quota: number }) {
  const sizes = new Map<string, number>();
  const total = () => [...sizes.values()].reduce((sum, size) => sum + size, 0);
  const fileOf = (name: string) => ({
    getFile: async () => ({ size: sizes.get(name) ?? 0 }),
    createWritable: async () => {
      let length = 0;
      const grow = (to: number) => {
        if (total() + to > disk.quota) throw new DOMException('', 'QuotaExceededError');
        length = to;
      };
      return {
        write: async (bytes: Uint8Array) => grow(length + bytes.length),
        truncate: async (to: number) => grow(to),
        close: async () => void sizes.set(name, length),
        abort: async () => undefined,
      };
    },
  });
  return async () => ({
    getFileHandle: async (name: string) => fileOf(name),
    removeEntry: async (name: string) => void sizes.delete(name),
  });
}

test('[F9] the room beside the reserve is tried out: enough, little more than a sale, or none', async () => {
  const disk = { quota: 100 * MIB };
  const reserve = createDiskReserve(filesWithin(disk) as never);
  expect(await reserve.hold(0)).toBe('held');
  // 70 of 100 MiB are used, these files among them: 30 more fit, and no byte beyond.
  disk.quota = RESERVE_BYTES + 30 * MIB;
  expect(await reserve.hold(70 * MIB)).toBe('held');
  disk.quota -= 1;
  expect(await reserve.hold(70 * MIB)).toBe('scarce');
  disk.quota = RESERVE_BYTES + MIB;
  expect(await reserve.hold(70 * MIB)).toBe('full');
  expect(await reserve.spend()).toBe(true);
});

test('[F9] a browser without such files says so', async () => {
  expect(await createDiskReserve(undefined).hold(0)).toBe('unknown');
});

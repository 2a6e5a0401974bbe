import { bytesLeftUnwarned, type HeldRoom, SALE_WRITE_BYTES_MAX } from '../store/disk-room.ts';

/** Bytes kept out of everybody's way in a file, so that a sale that was paid for can always be written. */
export const RESERVE_BYTES = 8 * SALE_WRITE_BYTES_MAX;
/** What must be left beside the reserve for a payment to begin. */
const SPARE_BYTES = 2 * SALE_WRITE_BYTES_MAX;
/** Written at once: each piece is a question to the browser, and many small ones take three times as long. */
const PIECE_BYTES = 1024 * 1024;

/**
 * `held`: the reserve is in place, and there is room beside it. `scarce`: a sale fits beside it, but little more. `full`: none does, or there is
 * no reserve. `unknown`: this browser keeps no files.
 */
export type ReserveState = HeldRoom;

export interface DiskReserve {
  /** Puts the reserve in place if it is not, and tries whether there is room beside it. `used`: bytes this app has on the disk; 0 where that is not told. */
  hold(used: number): Promise<ReserveState>;
  /** Gives the reserve's room to what must be written now. False where there was none to give. */
  spend(): Promise<boolean>;
}

/**
 * A file in the origin's private file system that is nothing but room. Browsers have stopped telling how much is left (Chromium
 * reports what is used and ten gigabytes more, whatever the disk has), so room is not asked for but held.
 */
export function createDiskReserve(directory: (() => Promise<FileSystemDirectoryHandle>) | undefined): DiskReserve {
  return {
    hold: async (used) => {
      try {
        const root = await directory?.();
        if (root === undefined) return 'unknown';
        const reserve = await root.getFileHandle('laci-reserve', { create: true });
        if (!('createWritable' in reserve)) return 'unknown';
        if ((await reserve.getFile()).size < RESERVE_BYTES) await fill(reserve);
        const spare = await root.getFileHandle('laci-spare', { create: true });
        await trySpare(spare, SPARE_BYTES);
        return (await fits(spare, bytesLeftUnwarned(used))) ? 'held' : 'scarce';
      } catch (error) {
        return isFull(error) ? 'full' : 'unknown';
      }
    },
    spend: async () => {
      try {
        const root = await directory?.();
        if (root === undefined) return false;
        await root.removeEntry('laci-reserve');
        return true;
      } catch {
        return false;
      }
    },
  };
}

/** Real bytes, because a file of holes takes no room on a disk. */
async function fill(file: FileSystemFileHandle): Promise<void> {
  const writable = await file.createWritable();
  try {
    for (let at = 0; at < RESERVE_BYTES; at += PIECE_BYTES)
      await writable.write(new Uint8Array(PIECE_BYTES).fill((at / PIECE_BYTES) % 251));
    await writable.close();
  } catch (error) {
    await writable.abort().catch(() => undefined);
    throw error;
  }
}

/** Room is charged for a file's length at once, also for one of holes: so much is tried without wearing the disk. */
async function trySpare(file: FileSystemFileHandle, bytes: number): Promise<void> {
  const writable = await file.createWritable();
  try {
    await writable.truncate(bytes);
  } finally {
    await writable.abort().catch(() => undefined);
  }
}

/** Whether so much would fit; another trouble than room is no answer. */
async function fits(file: FileSystemFileHandle, bytes: number): Promise<boolean> {
  try {
    await trySpare(file, bytes);
    return true;
  } catch (error) {
    return !isFull(error);
  }
}

function isFull(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'QuotaExceededError';
}

import { type FileHandle, open, statfs } from 'node:fs/promises';
import type { Store } from '../store.ts';
import { LOG_PAGES_MAX } from './open-database.ts';

/** SQLite's write-ahead log: a head, then frames of a head and a page each. */
const [HEAD_BYTES, FRAME_BYTES] = [32, 24 + 4096];
/** As long as the log gets until it is taken over into the database and begun again. */
export const LOG_BYTES = HEAD_BYTES + LOG_PAGES_MAX * FRAME_BYTES;

/** Bytes of a step: nobody else writes meanwhile, some half a millisecond. */
const STEP = Buffer.alloc(1024 * 1024);
/** A disk with less than that keeps its room for what is written. */
const FREE_BYTES_MIN = 1024 ** 3;

/**
 * Gives a database's log the length that it gets anyway, so that its commits overwrite what is there: while a file grows, each commit waits for the file
 * system's own notes too. What lies behind the last commit SQLite does not read, be it zeros or an earlier round of the log. Each step is made under the store's
 * lock, so that no commit goes where it writes; between two of them others have their turn. Ends early where `goesOn` says no. Rejects when the disk fails:
 * then the log goes on growing with its commits.
 */
export async function makeLogRoom(
  store: Pick<Store, 'write'>,
  database: string,
  goesOn: () => boolean = () => true,
): Promise<void> {
  if ((await freeBytes(database)) < FREE_BYTES_MIN) return;
  const log = await open(`${database}-wal`, 'r+');
  try {
    while (goesOn() && (await store.write([], () => lengthen(log)))) await log.datasync();
  } finally {
    await log.close();
  }
}

async function freeBytes(file: string): Promise<number> {
  const { bavail, bsize } = await statfs(file);
  return bavail * bsize;
}

/** False when it is long enough. */
async function lengthen(log: FileHandle): Promise<boolean> {
  const { size } = await log.stat();
  const missing = Math.min(LOG_BYTES - size, STEP.length);
  if (missing <= 0) return false;
  await log.write(STEP, 0, missing, size);
  return true;
}

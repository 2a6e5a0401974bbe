import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { TILL_WINDOW_DAYS } from '../../schema/limits.ts';
import { fail, ok, type Result } from '../../schema/result.ts';
import { claimFolder } from '../claim-folder.ts';
import { SHOP_FILES } from '../core/shop-files.ts';
import type { Deps } from '../deps.ts';
import { ARCHIVE } from '../store/sqlite/archived-text.ts';
import { openArchiver } from '../store/sqlite/open-database.ts';
import { type ArchivableRow, findRowFault, readBatch } from './archivable-rows.ts';
import { keepSegment } from './keep-segment.ts';
import { pointAt } from './point-at.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Entries stay in the database for as long as tills pull or send them again: their window, and the days after an acknowledgement. */
export const ARCHIVE_AGE_DAYS_MIN = TILL_WINDOW_DAYS + 35;

export interface Archived {
  readonly entries: number;
  readonly segments: number;
  readonly bytesBefore: number;
  readonly bytesAfter: number;
  /** What the segments of this run weigh. */
  readonly bytesArchived: number;
  /** False where the disk had no room to make the database smaller: its free pages are used again. */
  readonly isShrunk: boolean;
}

export interface ArchiveHooks {
  /** Called before each step by its name: tests end the process there. */
  beforeStep?(name: string): void;
}

/**
 * Moves the texts of entries that arrived before a time (milliseconds since 1970, by the server's clock) into segments beside the database. Everything else
 * of them stays in its row. A segment is on disk, read back and compared before the database lets go of a text; cut short anywhere,
 * every entry is readable and the next run goes on. Refuses under a serving server, and where an entry is not what was written.
 */
export function archiveEntries(
  dataDir: string,
  before: number,
  deps: Pick<Deps, 'now'>,
  hooks: ArchiveHooks = {},
): Result<Archived, string> {
  const file = join(dataDir, SHOP_FILES.database);
  if (!existsSync(file)) return fail(`there is no shop in ${dataDir}.`);
  if (before > deps.now() - ARCHIVE_AGE_DAYS_MIN * DAY_MS)
    return fail(`tills may still need what is younger than ${ARCHIVE_AGE_DAYS_MIN} days: choose an earlier day.`);
  const claim = claimFolder(dataDir);
  if (!claim.ok) return claim;
  try {
    return archiveFrom(file, join(dataDir, ARCHIVE), before, hooks);
  } finally {
    claim.value();
  }
}

function archiveFrom(file: string, folder: string, before: number, hooks: ArchiveHooks): Result<Archived, string> {
  const database = openArchiver(file);
  try {
    database.pragma('wal_checkpoint(TRUNCATE)');
    const bytesBefore = statSync(file).size;
    let [entries, segments, bytesArchived] = [0, 0, 0];
    for (let after: ArchivableRow | null = null; ; ) {
      const rows = readBatch(database, before, after);
      if (rows.length === 0) break;
      const fault = rows.map(findRowFault).find((each) => each !== null);
      if (fault) return fail(`${fault} Nothing more is archived. Check the shop: npm run verify`);
      const kept = keepSegment(folder, rows, hooks);
      pointAt(database, kept.name, rows, hooks);
      [entries, segments, bytesArchived] = [entries + rows.length, segments + 1, bytesArchived + kept.bytes];
      after = rows.at(-1) ?? null;
    }
    const isShrunk = entries === 0 || shrink(database, hooks);
    return ok({ entries, segments, bytesBefore, bytesAfter: statSync(file).size, bytesArchived, isShrunk });
  } finally {
    database.close();
  }
}

/** Gives the room back to the disk, for which there must be room for both. */
function shrink(database: Database, { beforeStep }: ArchiveHooks): boolean {
  beforeStep?.('shrink');
  try {
    database.exec('VACUUM');
    database.pragma('wal_checkpoint(TRUNCATE)');
    return true;
  } catch (error) {
    if (!String((error as { code?: unknown }).code).startsWith('SQLITE_FULL')) throw error;
    return false;
  }
}

import { join } from 'node:path';
import { archiveOf, isWhole } from '../archive/carry-segments.ts';
import { IS_ARCHIVED, segmentFile } from '../store/sqlite/archived-text.ts';
import type { Look } from './look.ts';

/** Checks that each segment is there, and what was written. Its texts are checked with the chains of their entries. */
export function checkArchive(look: Look): void {
  const { database, findings } = look;
  const pointers = database.prepare<[], string>(`SELECT DISTINCT substr(e.json, 2) FROM entry e WHERE ${IS_ARCHIVED}`);
  for (const name of pointers.pluck().all()) {
    if (!isWhole(join(archiveOf(database.name), segmentFile(name)), name))
      findings.add('archive', name, 'the segment is not there, or not what was written: restore it from a backup');
  }
}

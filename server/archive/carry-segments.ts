import { copyFileSync, existsSync, linkSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { syncFile, syncFolder } from '../backup/files.ts';
import { PRIVATE_DIR_MODE } from '../keys/secret-file.ts';
import { ARCHIVE, IS_ARCHIVED, segmentFile } from '../store/sqlite/archived-text.ts';
import { segmentNameOf } from '../store/sqlite/segment.ts';
import { openLook } from '../verify/look.ts';

/** The segments that a database points at. */
export function segmentsOf(file: string): readonly string[] {
  const database = openLook(file);
  try {
    const pointers = database.prepare<[], string>(
      `SELECT DISTINCT substr(e.json, 2) FROM entry e WHERE ${IS_ARCHIVED}`,
    );
    return pointers.pluck().all().sort();
  } finally {
    database.close();
  }
}

/**
 * Brings the segments that a database points at from one folder of segments into another, once each: a file that never changes is
 * linked where the disk is the same. Gives why they are not all there, or null.
 */
export function carrySegments(database: string, from: string, to: string): string | null {
  for (const name of segmentsOf(database)) {
    const [source, target] = [from, to].map((folder) => join(folder, segmentFile(name))) as [string, string];
    if (isWhole(target, name)) continue;
    if (!isWhole(source, name)) return `segment ${segmentFile(name)} of the archive is not whole in ${from}`;
    bring(source, target);
  }
  return null;
}

function bring(source: string, target: string): void {
  mkdirSync(dirname(target), { recursive: true, mode: PRIVATE_DIR_MODE });
  const draft = `${target}.draft`;
  rmSync(draft, { force: true });
  try {
    linkSync(source, draft);
  } catch {
    // Another disk, or one that knows no links.
    copyFileSync(source, draft);
  }
  syncFile(draft);
  renameSync(draft, target);
  syncFolder(dirname(target));
}

/** A segment bears the beginning of its own checksum as its name. */
export function isWhole(path: string, name: string): boolean {
  return existsSync(path) && segmentNameOf(path) === name;
}

/** The folder of the segments that belong to a database. */
export function archiveOf(file: string): string {
  return join(dirname(file), ARCHIVE);
}

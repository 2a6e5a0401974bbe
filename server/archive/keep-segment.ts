import { chmodSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { removeDatabase, syncFile, syncFolder } from '../backup/files.ts';
import { PRIVATE_DIR_MODE, PRIVATE_FILE_MODE } from '../keys/secret-file.ts';
import { segmentFile } from '../store/sqlite/archived-text.ts';
import { openSegment, segmentNameOf, writeSegment } from '../store/sqlite/segment.ts';
import { type ArchivableRow, hashHolds } from './archivable-rows.ts';
import type { ArchiveHooks } from './archive-entries.ts';

/**
 * Writes the texts of `rows` into a segment of their own. When this returns it is on disk under its name, read back from there, every
 * text the same and every hash computed anew.
 */
export function keepSegment(
  folder: string,
  rows: readonly ArchivableRow[],
  { beforeStep }: ArchiveHooks,
): { readonly name: string; readonly bytes: number } {
  mkdirSync(folder, { recursive: true, mode: PRIVATE_DIR_MODE });
  syncFolder(dirname(folder));
  const draft = join(folder, 'draft');
  removeDatabase(draft);
  beforeStep?.('write');
  writeSegment(draft, rows);
  chmodSync(draft, PRIVATE_FILE_MODE);
  beforeStep?.('sync');
  syncFile(draft);
  beforeStep?.('compare');
  compare(draft, rows);
  const name = segmentNameOf(draft);
  const path = join(folder, segmentFile(name));
  beforeStep?.('name');
  // What a run that was cut short left under this name has these very bytes.
  renameSync(draft, path);
  syncFolder(folder);
  return { name, bytes: statSync(path).size };
}

function compare(path: string, rows: readonly ArchivableRow[]): void {
  const segment = openSegment(path);
  try {
    for (const row of rows) {
      const text = segment.read(row.id);
      if (text !== row.json || !hashHolds(row, text))
        throw new Error(`The segment gives entry ${row.id} another text.`);
    }
  } finally {
    segment.close();
  }
}

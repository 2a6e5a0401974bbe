import type { Database } from 'better-sqlite3';
import { updateRow } from '../store/sqlite/row-sum.ts';
import type { ArchivableRow } from './archivable-rows.ts';
import type { ArchiveHooks } from './archive-entries.ts';

/** Lets the database let go of the texts that a segment holds, all of them or none: each row then points at the segment. */
export function pointAt(
  database: Database,
  segment: string,
  rows: readonly ArchivableRow[],
  { beforeStep }: ArchiveHooks,
): void {
  const point = database.prepare(updateRow('entry', { json: ':pointer' }, 'id = :id AND json = :json'));
  beforeStep?.('begin');
  const replace = database.transaction(() => {
    for (const [index, { id, json }] of rows.entries()) {
      if (index === Math.floor(rows.length / 2)) beforeStep?.('half');
      if (point.run({ pointer: `@${segment}`, id, json }).changes !== 1)
        throw new Error(`Entry ${id} changed meanwhile.`);
    }
    beforeStep?.('commit');
  });
  replace.immediate();
  beforeStep?.('committed');
}

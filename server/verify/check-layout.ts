import Database from 'better-sqlite3';
import { LAYOUT_VERSION } from '../store/sqlite/layouts.ts';
import { migrate } from '../store/sqlite/migrate.ts';
import { addRowSum } from '../store/sqlite/row-sum.ts';
import type { Look } from './look.ts';

/** A table, an index or a trigger, as SQLite keeps it. */
interface Part {
  readonly name: string;
  readonly table: string;
  readonly sql: string | null;
}

/**
 * Checks the file's layout: its number, and word for word every table, index and trigger, because by their words tables only grow, and no
 * checksum of SQLite covers them.
 */
export function checkLayout({ database, findings }: Look): void {
  const version = database.pragma('user_version', { simple: true });
  if (version !== LAYOUT_VERSION) {
    findings.add('file', '', `layout ${String(version)} is not ${LAYOUT_VERSION}`);
    return;
  }
  const kept = new Map(partsOf(database).map((part) => [part.name, part]));
  for (const { name, table, sql } of madeParts()) {
    const part = kept.get(name);
    if (part === undefined) findings.add(table, name, 'is gone from the layout');
    else if (part.table !== table || wordsOf(part) !== wordsOf({ sql })) {
      findings.add(table, name, 'is not what the layout says');
    }
  }
}

/** What the layout's own statements make of an empty file. */
function madeParts(): readonly Part[] {
  const made = new Database(':memory:');
  try {
    addRowSum(made);
    migrate(made);
    return partsOf(made);
  } finally {
    made.close();
  }
}

function partsOf(database: Database.Database): readonly Part[] {
  return database.prepare<[], Part>('SELECT name, tbl_name AS "table", sql FROM sqlite_schema').all();
}

/** Without what another version of SQLite may set differently when it renames a table. */
function wordsOf({ sql }: Pick<Part, 'sql'>): string {
  return (sql ?? '').replace(/["\s]+/g, ' ');
}

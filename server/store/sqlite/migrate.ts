import { chmodSync, closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import type Database from 'better-sqlite3';
import { PRIVATE_FILE_MODE } from '../../keys/secret-file.ts';
import { LAYOUT_STEPS, LAYOUT_VERSION } from './layouts.ts';

export interface MigrateHooks {
  /** Called before every statement of a step, its commit included: tests make the n-th one fail here. */
  beforeStatement?(): void;
}

/**
 * Brings a database to the newest layout, step by step, each one transaction with its number: a crash leaves the old layout or
 * the new one, and the next start goes on (F20). What holds a shop already is copied beside itself first, as
 * `laci.db.before-2`. Throws, with nothing touched, where a newer Laci laid the file out.
 */
export function migrate(database: Database.Database, hooks: MigrateHooks = {}): void {
  const from = Number(database.pragma('user_version', { simple: true }));
  if (from > LAYOUT_VERSION) throw new Error(`The database has layout ${from}; this Laci knows ${LAYOUT_VERSION}.`);
  if (from === LAYOUT_VERSION) return;
  if (from > 0) keepCopy(database, `${database.name}.before-${LAYOUT_VERSION}`);
  // A table that others refer to is written anew: while that happens no reference may be followed. It only takes outside transactions.
  database.pragma('foreign_keys = OFF');
  try {
    for (let version = from + 1; version <= LAYOUT_VERSION; version += 1) takeStep(database, version, hooks);
  } finally {
    database.pragma('foreign_keys = ON');
  }
}

function takeStep(database: Database.Database, version: number, { beforeStatement }: MigrateHooks): void {
  database.transaction(() => {
    for (const statement of LAYOUT_STEPS[version - 1] ?? []) {
      beforeStatement?.();
      database.exec(statement);
    }
    const broken = database.pragma('foreign_key_check') as unknown[];
    if (broken.length > 0) throw new Error(`Layout ${version} would break ${broken.length} references.`);
    database.pragma(`user_version = ${version}`);
    beforeStatement?.();
  })();
}

/** Whole or not at all: a copy that a crash cut short is made again. */
function keepCopy(database: Database.Database, path: string): void {
  const draft = `${path}.draft`;
  rmSync(draft, { force: true });
  database.prepare('VACUUM INTO ?').run(draft);
  chmodSync(draft, PRIVATE_FILE_MODE);
  const file = openSync(draft, 'r+');
  fsyncSync(file);
  closeSync(file);
  renameSync(draft, path);
}

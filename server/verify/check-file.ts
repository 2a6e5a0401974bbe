import { LAYOUT_VERSION } from '../store/sqlite/layouts.ts';
import type { Look } from './look.ts';

/** Faults of the file that SQLite lists at most. */
const FAULTS_MAX = 100;
const GUARDED = ['epoch', 'commit_tag', 'entry', 'edit', 'settled_target'];

/** Checks the file as SQLite knows it: its pages, its indexes, its layout, and the triggers by which tables only grow. */
export function checkFile(look: Look): void {
  const { database, findings } = look;
  const version = database.pragma('user_version', { simple: true });
  if (version !== LAYOUT_VERSION) findings.add('file', '', `layout ${String(version)} is not ${LAYOUT_VERSION}`);
  checkTriggers(look);
  const faults = database.pragma(`integrity_check(${FAULTS_MAX})`) as { integrity_check: string }[];
  for (const { integrity_check: fault } of faults) if (fault !== 'ok') tellFault(look, fault);
}

function checkTriggers({ database, findings }: Look): void {
  const names = database.prepare<[], string>(`SELECT name FROM sqlite_schema WHERE type = 'trigger'`).pluck().all();
  for (const table of GUARDED) {
    for (const verb of ['updated', 'deleted']) {
      if (!names.includes(`${table}_never_${verb}`))
        findings.add(table, '', `rows may be ${verb}: its trigger is gone`);
    }
  }
}

/** SQLite names pages by the root of their tree, and rows by their number: told as table and document. */
function tellFault(look: Look, fault: string): void {
  const row = /^row (\d+) missing from index (\S+)/.exec(fault);
  if (row) {
    tellRow(look, { rowid: Number(row[1]), index: row[2] ?? '', fault });
    return;
  }
  const tree = /^Tree (\d+)/.exec(fault);
  const table = tree ? tableOf(look, 'rootpage = ?', Number(tree[1])) : tableNamedIn(look, fault);
  look.findings.add(table ?? 'file', '', fault);
}

function tellRow(look: Look, { rowid, index, fault }: { rowid: number; index: string; fault: string }): void {
  const table = tableOf(look, 'name = ?', index) ?? 'file';
  look.findings.add(table, idOf(look, table, rowid), fault);
}

function tableOf({ database }: Look, where: string, value: unknown): string | undefined {
  return database.prepare<unknown[], string>(`SELECT tbl_name FROM sqlite_schema WHERE ${where}`).pluck().get(value);
}

function tableNamedIn({ database }: Look, fault: string): string | undefined {
  const rows = database.prepare<[], { name: string; table: string }>(
    `SELECT name, tbl_name AS "table" FROM sqlite_schema WHERE type IN ('table', 'index') ORDER BY length(name) DESC`,
  );
  return rows.all().find(({ name }) => new RegExp(`\\b${name}\\b`).test(fault))?.table;
}

function idOf({ database }: Look, table: string, rowid: number): string {
  try {
    const row = database.prepare<unknown[], { id?: unknown }>(`SELECT * FROM ${table} WHERE rowid = ?`).get(rowid);
    return typeof row?.id === 'string' ? row.id : `row ${rowid}`;
  } catch {
    return `row ${rowid}`;
  }
}

import { checkLayout } from './check-layout.ts';
import type { Look } from './look.ts';

/** Faults of the file that SQLite lists at most. */
const FAULTS_MAX = 100;

/** Checks the file as SQLite knows it: its layout, its pages and its indexes. */
export function checkFile(look: Look): void {
  checkLayout(look);
  const faults = look.database.pragma(`integrity_check(${FAULTS_MAX})`) as { integrity_check: string }[];
  for (const { integrity_check: fault } of faults) if (fault !== 'ok') tellFault(look, fault);
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

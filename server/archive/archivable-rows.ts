import type { Database } from 'better-sqlite3';
import { placeRow } from '../core/judge-row.ts';
import { IS_ARCHIVED } from '../store/sqlite/archived-text.ts';
import { rowSum, SUMMED_COLUMNS } from '../store/sqlite/row-sum.ts';

/** One segment holds at most so many texts, and so many characters of them, which all lie in memory while it is made. */
const ENTRIES_MAX = 20_000;
const CHARS_MAX = 64 * 1024 * 1024;
const PAGE = 500;

/** A row of the table of entries, by its columns, with its verdict. */
export interface ArchivableRow extends Readonly<Record<string, unknown>> {
  readonly id: string;
  readonly scope: string;
  readonly received_at: number;
  readonly hash: string;
  readonly json: string;
  readonly sum: number;
  readonly verdict: string | null;
}

/** The next entries behind `after` that arrived before a time and still have their text: one segment's, in the order of arrival. */
export function readBatch(database: Database, before: number, after: ArchivableRow | null): readonly ArchivableRow[] {
  const page = database.prepare<unknown[], ArchivableRow>(
    `SELECT e.*, s.verdict FROM entry e LEFT JOIN entry_state s ON s.id = e.id
     WHERE (e.scope, e.received_at, e.id) > (?, ?, ?) AND e.received_at < ? AND NOT ${IS_ARCHIVED}
     ORDER BY e.scope, e.received_at, e.id LIMIT ${PAGE}`,
  );
  const batch: ArchivableRow[] = [];
  for (let [last, chars] = [after, 0]; batch.length < ENTRIES_MAX && chars < CHARS_MAX; ) {
    const rows = page.all(last?.scope ?? '', last?.received_at ?? Number.MIN_SAFE_INTEGER, last?.id ?? '', before);
    batch.push(...rows);
    chars += rows.reduce((sum, { json }) => sum + json.length, 0);
    last = rows.at(-1) ?? null;
    if (rows.length < PAGE) break;
  }
  return batch;
}

/** Why a row must not be archived: what is damaged would be kept so for ever. Null where it is what was written. */
export function findRowFault(row: ArchivableRow): string | null {
  const isWhole = rowSum(SUMMED_COLUMNS.entry.map((column) => row[column])) === row.sum;
  return isWhole && hashHolds(row, row.json) ? null : `Entry ${row.id} is not what was written.`;
}

/** True when a text is the one that an accepted entry's hash is of. What was quarantined may claim any hash. */
export function hashHolds({ hash, verdict }: Pick<ArchivableRow, 'hash' | 'verdict'>, json: string): boolean {
  if (verdict !== 'accepted') return true;
  const placed = placeRow(JSON.parse(json));
  return placed.ok && placed.value.holds && placed.value.place.hash === hash;
}

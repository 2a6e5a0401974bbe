import { crc32 } from 'node:zlib';
import type { Database, RunResult } from 'better-sqlite3';

/**
 * The columns of each table that its `sum` covers: all. A flipped bit anywhere in a row's content then shows in the row itself,
 * also where nothing else would know better (a price, a name, a time of arrival). Against accidents; against forgers stand the chain
 * and its signatures.
 */
export const SUMMED_COLUMNS = {
  meta: ['key', 'value'],
  epoch: ['n', 'id', 'begun_at'],
  scope_clock: ['scope', 'seq', 'tag'],
  commit_tag: ['scope', 'last', 'first', 'tag'],
  document: ['collection', 'id', 'scope', 'seq', 'previous_seq', 'moved_by', 'json'],
  product_barcode: ['scope', 'barcode', 'product_id'],
  device: [
    ...['id', 'branch', 'role', 'till', 'generation', 'public_key', 'certificate', 'credential_hash'],
    ...['enrolled_at', 'fork_of'],
  ],
  enrol_code: ['hash', 'branch', 'role', 'till', 'expires_at', 'tries', 'used_by'],
  entry: [
    ...['id', 'device_id', 'entry_seq', 'prev', 'hash', 'scope', 'kind', 'at', 'json', 'signature', 'courier'],
    'received_at',
  ],
  entry_state: ['id', 'scope', 'commit_seq', 'device_id', 'verdict', 'reason', 'flags'],
  head: ['device_id', 'entry_seq', 'hash'],
  sold_cart: ['scope', 'cart_id', 'entry_id'],
  settled_target: ['target', 'entry_id'],
  set_aside: ['courier', 'text_hash', 'entry_id', 'verdict', 'reason', 'json', 'received_at'],
  edit: ['device_id', 'edit_id', 'edit', 'verdict', 'received_at'],
  record: ['kind', 'id', 'at', 'json'],
  inbox: ['branch', 'device_id', 'first_seq', 'last_seq', 'last_hash', 'received_at', 'beside', 'rows'],
  daily_sum: [
    ...['scope', 'dimension', 'day', 'key', 'sales', 'refunds', 'quantity', 'returned_quantity', 'total', 'returned'],
    ...['tax', 'discounts', 'promotions', 'rounding', 'voids', 'voided', 'closes', 'difference', 'cost'],
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type SummedTable = keyof typeof SUMMED_COLUMNS;

/** A row's checksum (CRC-32): every change of a single byte changes it. Bytes stand in it as their own. */
export function rowSum(values: readonly unknown[]): number {
  return crc32(JSON.stringify(values.some(isBytes) ? values.map(plain) : values));
}

function isBytes(value: unknown): value is Uint8Array {
  return value instanceof Uint8Array;
}

function plain(value: unknown): unknown {
  return isBytes(value) ? crc32(value) : value;
}

/** Lets SQL compute a row's sum, as the statements below do. */
export function addRowSum(database: Database): void {
  database.function('row_sum', { varargs: true, deterministic: true }, (...values: unknown[]) => rowSum(values));
}

/** Called with the values of a row, by the places of its columns in {@link SUMMED_COLUMNS}; they are the writer's from then on. */
export type ValuesWriter = (values: unknown[]) => RunResult;

/**
 * Writes whole rows of a table with their sums. `verb` and `conflict` say what happens to a row that is there. The sum is made here and the
 * values go by place: many rows are written per push, and being called by SQL, or looked up by name, takes longer than the row.
 */
export function valuesWriter(
  database: Database,
  table: SummedTable,
  { verb = 'INSERT', conflict = '' } = {},
): ValuesWriter {
  const columns = SUMMED_COLUMNS[table];
  const places = [...columns, 'sum'].map(() => '?').join(', ');
  const put = database.prepare(`${verb} INTO ${table} (${columns.join(', ')}, sum) VALUES (${places}) ${conflict}`);
  return (values) => {
    for (let at = 0; at < values.length; at += 1) values[at] = asStored(values[at]);
    values.push(rowSum(values));
    return put.run(values);
  };
}

/** The same by the columns' names in camel case. */
export function rowWriter(
  database: Database,
  table: SummedTable,
  options: { readonly verb?: string; readonly conflict?: string } = {},
): (row: object) => RunResult {
  const names = SUMMED_COLUMNS[table].map(nameOf);
  const put = valuesWriter(database, table, options);
  return (row) => put(names.map((name) => (row as Record<string, unknown>)[name]));
}

/** A text as SQLite keeps it: the sum must be that of what is read back. */
function asStored(value: unknown): unknown {
  return typeof value === 'string' ? value.toWellFormed() : value;
}

/** `UPDATE` of some columns and of the sum; `changes` says each column's new value as SQL. */
export function updateRow(table: SummedTable, changes: Readonly<Record<string, string>>, where: string): string {
  const set = Object.entries(changes).map(([column, value]) => `${column} = ${value}`);
  const next = SUMMED_COLUMNS[table].map((column) => changes[column] ?? column);
  return `UPDATE ${table} SET ${set.join(', ')}, sum = row_sum(${next.join(', ')}) WHERE ${where}`;
}

/** Gives every row of a table its sum anew. */
export function sumOldRows(table: SummedTable): string {
  return `UPDATE ${table} SET sum = row_sum(${SUMMED_COLUMNS[table].join(', ')})`;
}

function nameOf(column: string): string {
  return column.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
}

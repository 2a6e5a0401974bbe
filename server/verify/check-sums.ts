import { rowSum, SUMMED_COLUMNS, type SummedTable } from '../store/sqlite/row-sum.ts';
import { guarded, type Look, PAGE } from './look.ts';

/** What names a row of each table to a person. */
const NAMING: Readonly<Record<SummedTable, readonly string[]>> = {
  meta: ['key'],
  epoch: ['n'],
  scope_clock: ['scope'],
  commit_tag: ['scope', 'last'],
  document: ['collection', 'id'],
  product_barcode: ['scope', 'barcode'],
  device: ['id'],
  enrol_code: ['hash'],
  entry: ['id'],
  entry_state: ['id'],
  head: ['device_id'],
  sold_cart: ['scope', 'cart_id', 'entry_id'],
  settled_target: ['target'],
  set_aside: ['entry_id'],
  edit: ['device_id', 'edit_id'],
  record: ['kind', 'id'],
  inbox: ['device_id', 'first_seq'],
  daily_sum: ['scope', 'dimension', 'day', 'key'],
};

type Row = Readonly<Record<string, unknown>>;

/** Checks every row of every table against its checksum: a changed byte of its content shows here, whatever it says. */
export function checkSums(look: Look): void {
  for (const table of Object.keys(SUMMED_COLUMNS) as SummedTable[]) guarded(look, table, () => checkTable(look, table));
}

function checkTable(look: Look, table: SummedTable): void {
  const columns = SUMMED_COLUMNS[table];
  let seen = 0;
  // In the order of the table's own tree, so that a damaged index hides no row.
  for (const row of look.database.prepare<[], Row>(`SELECT * FROM ${table} NOT INDEXED`).iterate()) {
    if (rowSum(columns.map((column) => row[column])) !== row.sum) {
      look.findings.add(table, nameOf(table, row), 'its content is not what was written: the checksum differs');
    }
    seen += 1;
    if (seen % PAGE === 0) look.tick(PAGE);
  }
  look.tick(seen % PAGE);
}

function nameOf(table: SummedTable, row: Row): string {
  return NAMING[table].map((column) => String(row[column])).join(' ');
}

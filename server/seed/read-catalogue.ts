import { type BadLine, type CsvRecord, readCsv } from '../../schema/csv-records.ts';
import { fail, ok, type Result } from '../../schema/result.ts';
import { type CatalogueItem, COLUMNS, type Column, type ItemRules, type Row, readItem } from './catalogue-item.ts';

/** A catalogue file: its good rows, and the bad ones by line. */
export interface Catalogue {
  readonly items: readonly CatalogueItem[];
  readonly bad: readonly BadLine[];
}

/**
 * Reads a catalogue with its columns in any order. Fails as a whole only when the first line does not name the columns;
 * all other faults cost their own line.
 */
export function readCatalogue(text: string, rules: ItemRules): Result<Catalogue, string> {
  const { records, bad } = readCsv(text);
  const [header, ...rows] = records;
  if (!header) return fail('The file is empty.');
  const columns = header.cells.map(columnOf);
  if (!columns.includes('name')) return fail('The first line must name the columns; there is none called "name".');
  return ok(readRows(rows, columns, rules, bad));
}

function columnOf(header: string): Column | undefined {
  const plain = header
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_');
  const known = Object.entries(COLUMNS) as [Column, readonly string[]][];
  return known.find(([, names]) => names.includes(plain))?.[0];
}

function readRows(
  records: readonly CsvRecord[],
  columns: readonly (Column | undefined)[],
  rules: ItemRules,
  unreadable: readonly BadLine[],
): Catalogue {
  const items: CatalogueItem[] = [];
  const bad = [...unreadable];
  const lineByBarcode = new Map<string, number>();
  for (const { line, cells } of records) {
    const item = readRow(cells, columns, rules);
    const first = item.ok && item.value.barcode !== undefined ? lineByBarcode.get(item.value.barcode) : undefined;
    if (!item.ok) bad.push({ line, reason: item.error });
    else if (first !== undefined)
      bad.push({ line, reason: `barcode ${item.value.barcode} is on line ${first} already` });
    else {
      items.push(item.value);
      if (item.value.barcode !== undefined) lineByBarcode.set(item.value.barcode, line);
    }
  }
  return { items, bad: bad.sort((left, right) => left.line - right.line) };
}

function readRow(
  cells: readonly string[],
  columns: readonly (Column | undefined)[],
  rules: ItemRules,
): Result<CatalogueItem, string> {
  const extra = cells.slice(columns.length);
  if (extra.some((cell) => cell.trim() !== '')) return fail(`${cells.length} cells where ${columns.length} were named`);
  const row: { -readonly [Key in keyof Row]: Row[Key] } = {};
  for (const [index, column] of columns.entries()) {
    // Of two columns for one thing, the first that says something counts.
    if (column !== undefined && !row[column]) row[column] = cells[index] ?? '';
  }
  return readItem(row, rules);
}

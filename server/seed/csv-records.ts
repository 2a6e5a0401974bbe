import { parse } from 'csv-parse/sync';

/** One record of a CSV file, and the line it begins on (from 1). */
export interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

/** A line that could not be read as a record. */
export interface BadLine {
  readonly line: number;
  readonly reason: string;
}

export interface CsvFile {
  readonly records: readonly CsvRecord[];
  readonly bad: readonly BadLine[];
}

/** Lines that one quoted cell may run over. A quote that is never closed must not swallow the rest of the file. */
const RECORD_LINES_MAX = 10;

/**
 * Reads CSV record by record, so that one with broken quoting costs its own line and no other. Commas, semicolons or tabs, as the
 * first line has them; any line ends; a byte order mark is passed over.
 */
export function readCsv(text: string): CsvFile {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  const delimiter = findDelimiter(lines[0] ?? '');
  const records: CsvRecord[] = [];
  const bad: BadLine[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    if (lines[at]?.trim() === '') continue;
    const used = linesOfRecord(lines, at);
    const cells = used > 0 ? parseCells(lines.slice(at, at + used).join('\n'), delimiter) : null;
    if (cells) {
      records.push({ line: at + 1, cells });
      at += used - 1;
    } else bad.push({ line: at + 1, reason: 'broken quoting' });
  }
  return { records, bad };
}

function findDelimiter(line: string): string {
  const bare = line.replace(/"[^"]*"/g, '');
  const counts = [',', ';', '\t'].map((delimiter) => ({ delimiter, count: bare.split(delimiter).length }));
  return counts.reduce((best, next) => (next.count > best.count ? next : best)).delimiter;
}

/** How many lines belong to the record that begins at `at`: those until every quote is closed; 0 when none closes it. */
function linesOfRecord(lines: readonly string[], at: number): number {
  let isOpen = false;
  for (let used = 1; used <= RECORD_LINES_MAX && at + used <= lines.length; used += 1) {
    const quotes = (lines[at + used - 1] ?? '').split('"').length - 1;
    if (quotes % 2 === 1) isOpen = !isOpen;
    if (!isOpen) return used;
  }
  return 0;
}

function parseCells(text: string, delimiter: string): string[] | null {
  if (!text.includes('"')) return text.split(delimiter);
  try {
    const records = parse(text, { delimiter, relax_column_count: true }) as string[][];
    return records.length === 1 ? (records[0] ?? null) : null;
  } catch {
    return null;
  }
}

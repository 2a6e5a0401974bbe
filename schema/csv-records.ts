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

/** The cells of one record (RFC 4180); null where a quote stands inside a bare cell, or something behind a closing one. */
function parseCells(text: string, delimiter: string): string[] | null {
  if (!text.includes('"')) return text.split(delimiter);
  const cells: string[] = [];
  for (let at = 0; at <= text.length; ) {
    const cell = text[at] === '"' ? quotedCell(text, at) : bareCell(text, at, delimiter);
    if (cell === null || (cell.end < text.length && text[cell.end] !== delimiter)) return null;
    cells.push(cell.value);
    at = cell.end + 1;
  }
  return cells;
}

interface FoundCell {
  readonly value: string;
  /** Where the delimiter stands, or the end of the text. */
  readonly end: number;
}

function quotedCell(text: string, start: number): FoundCell | null {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 2)) {
    if (text[end + 1] === '"') continue;
    return { value: text.slice(start + 1, end).replaceAll('""', '"'), end: end + 1 };
  }
  return null;
}

function bareCell(text: string, start: number, delimiter: string): FoundCell | null {
  const found = text.indexOf(delimiter, start);
  const end = found < 0 ? text.length : found;
  const value = text.slice(start, end);
  return value.includes('"') ? null : { value, end };
}

/** Decodes a file as UTF-8; else as what its byte order mark says, or as Windows-1252, which spreadsheets write. */
export function decodeText(bytes: Uint8Array): string {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

import { type CsvFile, decodeText, readCsv } from '../../schema/csv-records.ts';
import { unpackedBytes } from './unpacked-bytes.ts';

/** Bytes of one file; 100,000 products take about 15 million. */
export const SHEET_BYTES_MAX = 64 * 1024 * 1024;

/** Bytes of a workbook once it is unpacked: a hundred thousand products several times over, and no more than a phone's browser survives. */
export const UNPACKED_BYTES_MAX = 512 * 1024 * 1024;

/** Zip archives begin so, and workbooks are some. */
const ZIP = [0x50, 0x4b, 0x03, 0x04];

/** Workbooks with a password begin so, and those that spreadsheets wrote before 2007 (MS-CFB). */
const COMPOUND = [0xd0, 0xcf, 0x11, 0xe0];

/** True for a workbook that nobody can read here: with a password, or of the old kind (XLS). */
export function isLockedWorkbook(bytes: Uint8Array): boolean {
  return COMPOUND.every((byte, place) => bytes[place] === byte);
}

/** The first sheet of a workbook, or a file of comma-separated values; null for what is neither. The library comes with the first workbook. */
export async function readSheet(bytes: Uint8Array<ArrayBuffer>): Promise<CsvFile | null> {
  if (bytes.length > SHEET_BYTES_MAX) return null;
  if (!ZIP.every((byte, place) => bytes[place] === byte)) {
    const text = decodeText(bytes);
    // No spreadsheet writes this sign; pictures and programs are full of it.
    return text.includes('\0') ? null : readCsv(text);
  }
  const unpacked = unpackedBytes(bytes);
  if (unpacked === null || unpacked > UNPACKED_BYTES_MAX) return null;
  try {
    const { readSheet: read } = await import('read-excel-file/universal');
    const rows = await read(bytes.buffer, { parseNumber: (text: string) => text });
    const records = rows.map((cells, place) => ({ line: place + 1, cells: cells.map(cellText) }));
    return { records: records.filter(({ cells }) => cells.some((cell) => cell !== '')), bad: [] };
  } catch {
    return null;
  }
}

function cellText(cell: unknown): string {
  return cell === null || cell === undefined ? '' : String(cell);
}

/** A table as a workbook. Every cell is text: a barcode must not become a number. */
export async function writeWorkbook(table: readonly (readonly string[])[]): Promise<Blob> {
  const { default: write } = await import('write-excel-file/universal');
  const rows = table.map((cells) => cells.map((value) => ({ value, type: String })));
  return write(rows).toBlob();
}

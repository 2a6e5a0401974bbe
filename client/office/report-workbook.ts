import type { Cell } from './report-csv.ts';

/** A table as a workbook (XLSX): numbers stay numbers, and text is never a formula. The library comes with the first one. */
export async function workbookOf(head: readonly string[], rows: Iterable<readonly Cell[]>): Promise<Blob> {
  const { default: write } = await import('write-excel-file/universal');
  const titles = head.map((value) => ({ value, type: String, fontWeight: 'bold' as const }));
  return write([titles, ...Array.from(rows, (cells) => cells.map(cellOf))]).toBlob();
}

function cellOf(cell: Cell) {
  if (cell === null) return null;
  return typeof cell === 'number' ? { value: cell, type: Number } : { value: cell, type: String };
}

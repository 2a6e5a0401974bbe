import { readProductKey } from '../../schema/report/product-key.ts';
import type { ReportBy } from '../../schema/report/report.ts';
import { isOverTime, kindOf } from './report-columns.ts';
import { type Cell, plainMoney } from './report-csv.ts';
import { type Column, figureOf, type ReportLine } from './report-lines.ts';

/** Shares are saved to the hundredth of a percent. */
const SHARE_PARTS = 10_000;

interface ReportRows {
  readonly by: ReportBy;
  readonly columns: readonly Column[];
  readonly lines: readonly ReportLine[];
  /** The total of all lines. */
  readonly whole: number;
}

/** Days and months as spreadsheets read and sort them; everything else as it is called. */
export function* plainRows({ by, lines, columns, whole }: ReportRows, digits: number): Generator<Cell[]> {
  for (const line of lines) {
    const name = isOverTime(by) && by !== 'hour' ? line.row.key : line.label;
    yield [name, ...columns.map((column) => plainFigure(line, column, whole, digits))];
  }
}

function plainFigure(line: ReportLine, column: Column, whole: number, digits: number): Cell {
  const figure = figureOf(line, column, whole);
  if (figure === null) return null;
  switch (kindOf(column)) {
    case 'money':
      return plainMoney(figure, digits);
    case 'quantity':
      return figure / readProductKey(line.row.key).unitScale;
    case 'share':
      return Math.round(figure * SHARE_PARTS) / SHARE_PARTS;
    case 'count':
      return figure;
  }
}

/** A receipt with goods of two categories counts in both, and pieces and kilograms are no sum. */
export function addsUp(column: Column, by: ReportBy): boolean {
  if (kindOf(column) === 'share' || kindOf(column) === 'quantity') return false;
  if (column === 'costOfSales' || column === 'margin' || column === 'uncosted') return false;
  const isReceipts = column === 'sales' || column === 'refunds';
  return !(isReceipts && (by === 'category' || by === 'product' || by === 'tender'));
}

import type { ReportBy } from '../../schema/report/report.ts';
import { type Column, figureOf, type ReportLine } from './report-lines.ts';

const COSTS: readonly Column[] = ['costOfSales', 'uncosted', 'margin'];
const WHOLE: readonly Column[] = ['sales', 'refunds', 'total', 'returned', 'discounts', 'promotions'];
const OVER_TIME: readonly Column[] = [
  ...([...WHOLE, 'tax', 'net', ...COSTS] as const),
  ...(['rounding', 'voids', 'voided', 'difference', 'change'] as const),
];
const BY_PERSON: readonly Column[] = [
  ...([...WHOLE, 'net', ...COSTS] as const),
  ...(['voids', 'voided', 'closes', 'difference', 'share', 'change'] as const),
];

/** The columns of each report's table, after the one that names the line. */
const COLUMNS: Readonly<Record<ReportBy, readonly Column[]>> = {
  hour: OVER_TIME,
  day: OVER_TIME,
  month: OVER_TIME,
  product: [
    ...(['quantity', 'returnedQuantity', 'total', 'discounts', 'promotions', 'net', 'costOfSales', 'margin'] as const),
    ...(['share', 'change'] as const),
  ],
  category: [...WHOLE, 'tax', 'net', ...COSTS, 'share', 'change'],
  till: BY_PERSON,
  cashier: BY_PERSON,
  tender: ['sales', 'refunds', 'total', 'returned', 'share', 'change'],
  tax: ['total', 'tax', 'net', 'change'],
  drawer: ['total', 'change'],
  branch: [...WHOLE, 'tax', 'net', ...COSTS, 'rounding', 'voids', 'voided', 'closes', 'difference', 'share', 'change'],
};

export function columnsOf(by: ReportBy, compares: boolean): readonly Column[] {
  return COLUMNS[by].filter((column) => compares || column !== 'change');
}

/** Whether a report's lines are points in time, which go their own way. */
export function isOverTime(by: ReportBy): boolean {
  return by === 'hour' || by === 'day' || by === 'month';
}

/** How a column's figures are written. */
export function kindOf(column: Column): 'count' | 'quantity' | 'share' | 'money' {
  if (column === 'sales' || column === 'refunds' || column === 'voids' || column === 'closes') return 'count';
  if (column === 'quantity' || column === 'returnedQuantity') return 'quantity';
  return column === 'share' || column === 'change' ? 'share' : 'money';
}

/** Shown also where nothing happened. */
const ALWAYS: ReadonlySet<Column> = new Set(['sales', 'quantity', 'total', 'change']);

/** Columns in which any line says something: a shop without promotions needs none of them. */
export function spokenColumns(columns: readonly Column[], lines: readonly ReportLine[]): readonly Column[] {
  return columns.filter((column) => ALWAYS.has(column) || lines.some((line) => figureOf(line, column, 1)));
}

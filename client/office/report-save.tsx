import { useTranslation } from 'react-i18next';
import { totalOf } from '../../schema/report/report.ts';
import { useFormat } from '../app/use-format.ts';
import type { Paper } from './printed-table.tsx';
import { spokenColumns } from './report-columns.ts';
import { type Column, figureOf, type ReportLine } from './report-lines.ts';
import { addsUp, plainRows } from './report-rows.ts';
import { figureText, type ReportTableProps } from './report-table.tsx';
import { TableOut } from './table-out.tsx';

/** Lines of a printed report: some pages. A file holds all. */
const PRINTED_MAX = 500;

/** Takes a report's table out of the app. */
export function ReportSave({ title, shown }: { title: string; shown: ReportTableProps }) {
  const format = useFormat();
  const head = useHead()(shown);
  const paper = usePaper(title, { ...shown, columns: spokenColumns(shown.columns, shown.lines) });
  return (
    <TableOut
      title={title}
      head={head}
      rows={() => plainRows(shown, format.currency.digits)}
      paper={paper}
      testId="report"
    />
  );
}

function useHead(): (shown: ReportTableProps) => string[] {
  const { t } = useTranslation();
  return ({ by, columns }) => [
    t(`reports.column.${by}`),
    ...columns.map((column) => t(`reports.column.${column === 'tax' ? 'taxAmount' : column}`)),
  ];
}

/** The first lines, what all of them add up to, and how many there are more. */
function usePaper(title: string, shown: ReportTableProps): () => Paper {
  const { t } = useTranslation();
  const format = useFormat();
  const headOf = useHead();
  const { lines, columns, whole } = shown;
  const textOf = (line: ReportLine, column: Column) => figureText(format, line, column, figureOf(line, column, whole));
  return () => {
    const sum: ReportLine = { label: '', row: { key: '', ...totalOf(lines.map(({ row }) => row)) }, before: undefined };
    const left = lines.length - PRINTED_MAX;
    return {
      heading: title,
      head: headOf(shown),
      rows: lines.slice(0, PRINTED_MAX).map((line) => [line.label, ...columns.map((column) => textOf(line, column))]),
      foot: [
        t('reports.figures.label'),
        ...columns.map((column) => (addsUp(column, shown.by) ? textOf(sum, column) : '')),
      ],
      note: left > 0 ? t('reports.notPrinted', { count: left, formatted: format.count(left) }) : undefined,
      isFigure: (column) => column > 0,
    };
  };
}

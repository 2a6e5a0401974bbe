import { Button } from '@mantine/core';
import { IconFileSpreadsheet, IconFileText, IconPrinter } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { readProductKey } from '../../schema/report/product-key.ts';
import { useDeps } from '../app/contexts.ts';
import { type Format, useFormat } from '../app/use-format.ts';
import table from '../ui/table.module.css';
import { kindOf } from './report-columns.ts';
import { type Cell, csvOf, plainMoney } from './report-csv.ts';
import { type Column, figureOf, type ReportLine } from './report-lines.ts';
import { figureText, type ReportTableProps } from './report-table.tsx';
import { workbookOf } from './report-workbook.ts';
import styles from './reports-screen.module.css';

/** Lines of a printed report: some pages. A file holds all. */
const PRINTED_MAX = 500;
/** Shares are saved to the hundredth of a percent. */
const SHARE_PARTS = 10_000;
const PAPER = '@page { size: A4; margin: 12mm; }';

/** Takes a report's table out of the app: as CSV or a workbook, or through the browser's print, which also makes a PDF. */
export function ReportSave({ title, shown }: { title: string; shown: ReportTableProps }) {
  const { t } = useTranslation();
  const { page } = useDeps();
  const format = useFormat();
  const [printing, setPrinting] = useState(false);
  const head = useHead(shown);
  const name = title.replace(/[^\p{L}\p{N}]+/gu, '-');
  const saveText = () => page.saveFile(`${name}.csv`, csvOf(head, plainRows(shown, format)));
  const saveBook = async () => page.saveFile(`${name}.xlsx`, await workbookOf(head, plainRows(shown, format)));
  return (
    <div className={styles.save}>
      <Button
        variant="default"
        leftSection={<IconFileText size={18} aria-hidden="true" />}
        onClick={saveText}
        aria-label={t('reports.csvHint')}
        data-testid="report-csv"
      >
        {t('reports.csv')}
      </Button>
      <Button
        variant="default"
        leftSection={<IconFileSpreadsheet size={18} aria-hidden="true" />}
        onClick={() => void saveBook()}
        data-testid="report-xlsx"
      >
        {t('reports.xlsx')}
      </Button>
      <Button
        variant="default"
        leftSection={<IconPrinter size={18} aria-hidden="true" />}
        onClick={() => setPrinting(true)}
        data-testid="report-print"
      >
        {t('reports.print')}
      </Button>
      {printing &&
        createPortal(
          <PrintedReport title={title} head={head} shown={shown} onDone={() => setPrinting(false)} />,
          document.body,
        )}
    </div>
  );
}

function useHead({ by, columns }: ReportTableProps): string[] {
  const { t } = useTranslation();
  const names = columns.map((column) => t(`reports.column.${column === 'tax' ? 'taxAmount' : column}`));
  return [t(`reports.column.${by}`), ...names];
}

function* plainRows({ lines, columns, whole }: ReportTableProps, format: Format): Generator<Cell[]> {
  for (const line of lines) {
    yield [line.label, ...columns.map((column) => plainFigure(line, column, whole, format.currency.digits))];
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

interface Printed {
  readonly title: string;
  readonly head: readonly string[];
  readonly shown: ReportTableProps;
  readonly onDone: () => void;
}

function PrintedReport({ title, head, shown, onDone }: Printed) {
  const { page } = useDeps();
  const format = useFormat();
  useEffect(() => {
    page
      .print({ title, pageStyle: PAPER })
      .finally(onDone)
      .catch(() => undefined);
  }, [page, title, onDone]);
  return (
    <div className={`print-root ${styles.paper}`} aria-hidden="true">
      <h1>{title}</h1>
      <table className={`${table.table} ${table.inset}`}>
        <thead>
          <tr>
            {head.map((name, index) => (
              <th key={name} className={index === 0 ? undefined : table.number}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.lines.slice(0, PRINTED_MAX).map((line) => (
            <tr key={line.label}>
              <th>{line.label}</th>
              {shown.columns.map((column) => (
                <td key={column} className={table.number}>
                  {figureText(format, line, column, figureOf(line, column, shown.whole))}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

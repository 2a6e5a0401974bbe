import { Button, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { money } from '../../schema/money.ts';
import { readProductKey } from '../../schema/report/product-key.ts';
import type { ReportBy } from '../../schema/report/report.ts';
import { type Format, useFormat } from '../app/use-format.ts';
import table from '../ui/table.module.css';
import { isOverTime, kindOf } from './report-columns.ts';
import { Change } from './report-figures.tsx';
import { type Column, figureOf, type ReportLine, type Sorting, sortLines } from './report-lines.ts';
import styles from './reports-screen.module.css';

/** Lines shown at first, and more at each wish. A table of a whole catalogue would keep the screen waiting. */
const LINES_AT_ONCE = 100;

const LARGEST_FIRST: Sorting = { by: 'total', descending: true };

export interface ReportTableProps {
  readonly by: ReportBy;
  readonly columns: readonly Column[];
  readonly lines: readonly ReportLine[];
  /** The total of all lines. */
  readonly whole: number;
}

/** The figures behind a chart. A heading sorts by its column. */
export function ReportTable({ by, columns, lines, whole }: ReportTableProps) {
  const { t } = useTranslation();
  const [sorting, setSorting] = useState<Sorting | null>(isOverTime(by) ? null : LARGEST_FIRST);
  const [shown, setShown] = useState(LINES_AT_ONCE);
  const sorted = sorting ? sortLines(lines, sorting, whole) : lines;
  const sortBy = (column: Sorting['by']) =>
    setSorting((now) => ({ by: column, descending: now?.by === column ? !now.descending : column !== 'label' }));
  const heading = (column: Sorting['by'], text: string) => (
    <th
      key={column}
      scope="col"
      className={column === 'label' ? undefined : table.number}
      aria-sort={sorting?.by === column ? (sorting.descending ? 'descending' : 'ascending') : 'none'}
    >
      <UnstyledButton className={styles.sort} onClick={() => sortBy(column)} data-testid={`sort-${column}`}>
        {text}
        <span aria-hidden="true">{sorting?.by === column ? (sorting.descending ? ' ▼' : ' ▲') : ''}</span>
      </UnstyledButton>
    </th>
  );
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reached by the keyboard. */}
      <section className={table.wrap} tabIndex={0} aria-label={t(`reports.column.${by}`)}>
        <table className={`${table.table} ${styles.figuresTable}`} data-testid="report-table" data-by={by}>
          <thead>
            <tr>
              {heading('label', t(`reports.column.${by}`))}
              {columns.map((column) => heading(column, t(`reports.column.${column === 'tax' ? 'taxAmount' : column}`)))}
            </tr>
          </thead>
          <tbody>
            {sorted.slice(0, shown).map((line) => (
              <LineRow key={line.label} line={line} columns={columns} whole={whole} />
            ))}
          </tbody>
        </table>
      </section>
      {sorted.length > shown && (
        <Button variant="default" onClick={() => setShown(shown + LINES_AT_ONCE)} data-testid="report-more">
          {t('reports.more', { count: Math.min(LINES_AT_ONCE, sorted.length - shown) })}
        </Button>
      )}
    </>
  );
}

function LineRow({ line, columns, whole }: { line: ReportLine; columns: readonly Column[]; whole: number }) {
  const format = useFormat();
  return (
    <tr>
      <th scope="row">{line.label}</th>
      {columns.map((column) => {
        const figure = figureOf(line, column, whole);
        return (
          <td key={column} className={table.number}>
            {column === 'change' ? <Change change={figure} /> : figureText(format, line, column, figure)}
          </td>
        );
      })}
    </tr>
  );
}

/** A figure as a person reads it; a dash where there is none. */
export function figureText(format: Format, { row }: ReportLine, column: Column, figure: number | null): string {
  if (figure === null) return '—';
  switch (kindOf(column)) {
    case 'count':
      return format.count(figure);
    case 'quantity':
      return format.quantity(figure, readProductKey(row.key).unitScale);
    case 'share':
      return format.share(figure);
    case 'money':
      return format.money(money(figure));
  }
}

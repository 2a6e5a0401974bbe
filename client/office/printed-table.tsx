import { useEffect } from 'react';
import { createPortal } from 'react-dom';
import { useDeps } from '../app/contexts.ts';
import table from '../ui/table.module.css';
import styles from './printed-table.module.css';

const PAPER = '@page { size: A4; margin: 12mm; }';

/** A table as it goes onto paper. */
export interface Paper {
  readonly heading: string;
  /** Beneath the heading, and beneath the table; left out for nothing. */
  readonly lead?: string | undefined;
  readonly note?: string | undefined;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** What the columns add up to. */
  readonly foot?: readonly string[];
  /** True for a column of figures. */
  readonly isFigure: (column: number) => boolean;
}

/** Hands a table to the browser's print, which also makes a PDF called `title`. */
export function PrintedTable({ title, paper, onDone }: { title: string; paper: Paper; onDone: () => void }) {
  const { page } = useDeps();
  useEffect(() => {
    page
      .print({ title, pageStyle: PAPER })
      .finally(onDone)
      .catch(() => undefined);
  }, [page, title, onDone]);
  const { heading, lead, note, head, rows, foot, isFigure } = paper;
  const classOf = (column: number) => (isFigure(column) ? table.number : undefined);
  const cells = (row: readonly string[], Cell: 'td' | 'th') =>
    row.map((text, column) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: the paper is drawn once.
      <Cell key={column} className={classOf(column)}>
        {text}
      </Cell>
    ));
  return createPortal(
    <div className={`print-root ${styles.paper}`} aria-hidden="true">
      <h1>{heading}</h1>
      {lead && <p>{lead}</p>}
      <table className={`${table.table} ${table.inset}`}>
        <thead>
          <tr>{cells(head, 'th')}</tr>
        </thead>
        <tbody>
          {rows.map((row, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the paper is drawn once.
            <tr key={place}>{cells(row, 'td')}</tr>
          ))}
          {foot && <tr>{cells(foot, 'th')}</tr>}
        </tbody>
      </table>
      {note && <p>{note}</p>}
    </div>,
    document.body,
  );
}

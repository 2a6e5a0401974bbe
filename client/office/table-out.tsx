import { Button } from '@mantine/core';
import { IconFileSpreadsheet, IconFileText, IconPrinter } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDeps } from '../app/contexts.ts';
import { type Paper, PrintedTable } from './printed-table.tsx';
import { type Cell, csvOf } from './report-csv.ts';
import { workbookOf } from './report-workbook.ts';
import styles from './table-out.module.css';

interface TableOutProps {
  /** What files and PDFs are called. */
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: () => Iterable<readonly Cell[]>;
  readonly paper: () => Paper;
  /** Of the buttons, e.g. `report` for `report-csv`. */
  readonly testId: string;
  /** More ways out, before these. */
  readonly children?: ReactNode;
}

/** Takes a table out of the app: as CSV, as a workbook, or through the browser's print, which also makes a PDF. */
export function TableOut({ title, head, rows, paper, testId, children }: TableOutProps) {
  const { t } = useTranslation();
  const { page } = useDeps();
  const [printing, setPrinting] = useState<Paper | null>(null);
  const name = title.replace(/[^\p{L}\p{N}]+/gu, '-');
  const ways = [
    { id: 'csv', Icon: IconFileText, act: () => page.saveFile(`${name}.csv`, csvOf(head, rows())) },
    {
      id: 'xlsx',
      Icon: IconFileSpreadsheet,
      act: async () => page.saveFile(`${name}.xlsx`, await workbookOf(head, rows())),
    },
    { id: 'print', Icon: IconPrinter, act: () => setPrinting(paper()) },
  ] as const;
  return (
    <div className={styles.buttons}>
      {children}
      {ways.map(({ id, Icon, act }) => (
        <Button
          key={id}
          variant="default"
          leftSection={<Icon size={18} aria-hidden="true" />}
          onClick={() => void act()}
          data-testid={`${testId}-${id}`}
        >
          {t(`reports.${id}`)}
        </Button>
      ))}
      {printing && <PrintedTable title={title} paper={printing} onDone={() => setPrinting(null)} />}
    </div>
  );
}

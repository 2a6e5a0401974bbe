import type { ReactNode } from 'react';
import table from '../ui/table.module.css';

interface FiguresTableProps {
  /** What the table is about, for those who hear it. */
  readonly label: string;
  /** Heads the column that names each row; the others hold figures. */
  readonly name: ReactNode;
  readonly figures: readonly ReactNode[];
  /** The rows. */
  readonly children: ReactNode;
  readonly testId?: string;
}

/** A small table inside a panel: names, and figures at the end of their columns. What is too wide scrolls, by keyboard too. */
export function FiguresTable({ label, name, figures, children, testId }: FiguresTableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reached by the keyboard.
    <section className={table.wrap} tabIndex={0} aria-label={label}>
      <table className={`${table.table} ${table.inset}`} data-testid={testId}>
        <thead>
          <tr>
            <th scope="col">{name}</th>
            {figures.map((figure, column) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: columns have a place and no name.
              <th key={column} scope="col" className={table.number}>
                {figure}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  );
}

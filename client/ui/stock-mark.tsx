import { IconAlertTriangle } from '@tabler/icons-react';
import styles from './marks.module.css';

/** How many are on hand; none or fewer is said in words and with a sign. */
export function StockMark({ low, text }: { low: boolean; text: string }) {
  return (
    <span className={low ? styles.warn : styles.plain} data-testid="stock">
      {low && <IconAlertTriangle size={15} aria-hidden="true" />}
      <span className="num">{text}</span>
    </span>
  );
}

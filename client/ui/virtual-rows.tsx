import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useRef } from 'react';
import styles from './virtual-rows.module.css';

interface VirtualRowsProps {
  readonly count: number;
  /** Pixels. */
  readonly rowHeight: number;
  readonly label: string;
  readonly keyOf: (index: number) => string;
  readonly row: (index: number) => ReactNode;
}

/** Rows drawn before and after what is seen, so that a quick scroll shows no gap. */
const ROWS_AHEAD = 6;

/** A long list that draws only what is seen: twenty thousand rows scroll like twenty. */
export function VirtualRows(props: VirtualRowsProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: props.count,
    getScrollElement: () => scroller.current,
    estimateSize: () => props.rowHeight,
    overscan: ROWS_AHEAD,
  });
  return (
    <div ref={scroller} className={styles.scroller}>
      <ul className={styles.list} style={{ height: rows.getTotalSize() }} aria-label={props.label}>
        {rows.getVirtualItems().map((item) => (
          <li
            key={props.keyOf(item.index)}
            className={styles.row}
            style={{ height: item.size, transform: `translateY(${item.start}px)` }}
            aria-setsize={props.count}
            aria-posinset={item.index + 1}
          >
            {props.row(item.index)}
          </li>
        ))}
      </ul>
    </div>
  );
}

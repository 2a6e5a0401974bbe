import type { ReactNode } from 'react';
import styles from './empty-state.module.css';

/** What stands where nothing is yet: what it is, and what to do next. */
export function EmptyState(props: { icon: ReactNode; title: string; help?: string; children?: ReactNode }) {
  return (
    <div className={styles.root}>
      <span className={styles.icon} aria-hidden="true">
        {props.icon}
      </span>
      <p className={styles.title}>{props.title}</p>
      {props.help && <p className={styles.help}>{props.help}</p>}
      {props.children}
    </div>
  );
}

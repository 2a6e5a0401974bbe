import { type ReactNode, useId } from 'react';
import styles from './panel.module.css';

/** A titled part of a screen. */
export function Panel(props: {
  title: string;
  aside?: ReactNode;
  children: ReactNode;
  flush?: boolean;
  testId?: string;
}) {
  const id = useId();
  return (
    <section className={styles.panel} aria-labelledby={id} data-testid={props.testId}>
      <header className={styles.head}>
        <h2 id={id} className={styles.title}>
          {props.title}
        </h2>
        {props.aside}
      </header>
      <div className={props.flush ? styles.flush : styles.body}>{props.children}</div>
    </section>
  );
}

import type { ReactNode } from 'react';
import styles from './empty-state.module.css';

interface EmptyStateProps {
  readonly icon: ReactNode;
  readonly title: string;
  readonly help?: string;
  readonly children?: ReactNode;
}

/** What stands where nothing is yet: what it is, and what to do next. */
export function EmptyState({ icon, title, help, children }: EmptyStateProps) {
  return (
    <div className={styles.root}>
      <Icon icon={icon} />
      <p className={styles.title}>{title}</p>
      {help && <p className={styles.help}>{help}</p>}
      {children}
    </div>
  );
}

/** The same where it is all there is on the page: its landmark and its heading too. An alarm is read out at once. */
export function EmptyPage(props: EmptyStateProps & { isAlarm?: boolean; 'data-testid'?: string }) {
  const { icon, title, help, children, isAlarm = false } = props;
  return (
    <main className={styles.page} data-testid={props['data-testid']}>
      <Icon icon={icon} />
      <h1 className={styles.title}>{title}</h1>
      {help && (
        <p className={styles.help} role={isAlarm ? 'alert' : undefined}>
          {help}
        </p>
      )}
      {children}
    </main>
  );
}

function Icon({ icon }: { icon: ReactNode }) {
  return (
    <span className={styles.icon} aria-hidden="true">
      {icon}
    </span>
  );
}

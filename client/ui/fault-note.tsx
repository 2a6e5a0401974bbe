import styles from './fault-note.module.css';

/** Why something was not done, and what to do; nothing where there is no fault. */
export function FaultNote({ text }: { text: string | null }) {
  if (text === null) return null;
  return (
    <p role="alert" className={styles.fault} data-testid="act-fault">
      {text}
    </p>
  );
}

import { useSyncExternalStore } from 'react';
import styles from './display-screen.module.css';

function onChange(changed: () => void): () => void {
  document.addEventListener('fullscreenchange', changed);
  return () => document.removeEventListener('fullscreenchange', changed);
}

/** Fills the customer's screen, where the browser can; gone once it does. */
export function FillButton({ label }: { label: string }) {
  const canFill = useSyncExternalStore(onChange, () => document.fullscreenEnabled && !document.fullscreenElement);
  if (!canFill) return null;
  return (
    <button type="button" className={styles.fill} onClick={() => void document.documentElement.requestFullscreen()}>
      {label}
    </button>
  );
}

import styles from './door-cover.module.css';
import { useDoor } from './use-door.ts';

/** Covers the screen of a locked device until the window that asks for a PIN has come. */
export function DoorCover() {
  return useDoor() === 'locked' ? <div className={styles.cover} data-testid="door-cover" /> : null;
}

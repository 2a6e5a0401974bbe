import { IconCloudCheck, IconDeviceTablet } from '@tabler/icons-react';
import styles from './marks.module.css';

/** Where an entry is safe: icon and words, never colour alone. */
export function SafetyMark({ safety, text }: { safety: 'device' | 'server'; text: string }) {
  const Icon = safety === 'server' ? IconCloudCheck : IconDeviceTablet;
  return (
    <span className={safety === 'server' ? styles.ok : styles.plain} data-testid="safety" data-safety={safety}>
      <Icon size={18} aria-hidden="true" />
      {text}
    </span>
  );
}

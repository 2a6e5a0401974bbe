import { useTranslation } from 'react-i18next';
import { BelowZeroPanel } from './below-zero-panel.tsx';
import { LimitedPanel } from './limited-panel.tsx';
import styles from './limits-screen.module.css';

/** What went below nothing and who took it there, and who holds what of products that are limited. */
export default function LimitsScreen() {
  const { t } = useTranslation();
  return (
    <div className={styles.root}>
      <h1 className="visually-hidden">{t('shares.page.title')}</h1>
      <BelowZeroPanel />
      <LimitedPanel />
    </div>
  );
}

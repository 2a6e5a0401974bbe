import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCart, useDeps } from './contexts.ts';
import styles from './shell.module.css';
import { useLive } from './use-live.ts';

/** Offers a newer version of the app, but never in the middle of a sale: taking it reloads the page. */
export function UpdateNotice() {
  const { t } = useTranslation();
  const update = useLive(useDeps().update);
  const { lines } = useLive(useCart().cart);
  if (update === null || lines.length > 0) return null;
  return (
    <div className={styles.notice} role="status">
      <span>{t('shell.update.text')}</span>
      <Button variant="default" onClick={update}>
        {t('shell.update.now')}
      </Button>
    </div>
  );
}

import { Button } from '@mantine/core';
import { useContext } from 'react';
import { useTranslation } from 'react-i18next';
import { must } from '../../schema/result.ts';
import { BusyContext, mayReload } from './busy.ts';
import { useCart, useDeps } from './contexts.ts';
import styles from './shell.module.css';
import { useLive } from './use-live.ts';

/** Offers a newer version of the app, but never in the middle of anything: taking it loads the page anew (F21). */
export function UpdateNotice() {
  const { t } = useTranslation();
  const update = useLive(useDeps().update);
  const { lines } = useLive(useCart().cart);
  const busy = useLive(must(useContext(BusyContext), 'Busy').count);
  if (update === null || !mayReload({ cartLines: lines.length, busy })) return null;
  return (
    <div className={styles.notice} role="status" data-testid="update">
      <span>{t('shell.update.text')}</span>
      <Button variant="default" onClick={update}>
        {t('shell.update.now')}
      </Button>
    </div>
  );
}

import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useDevice } from './contexts.ts';
import { PrintTrouble } from './print-trouble.tsx';
import styles from './shell.module.css';
import { useLiveSoon } from './use-live.ts';

/** The newest job that did not print, on every screen until somebody dealt with it: nobody has to be where it failed. */
export function PrintNotice() {
  const { t } = useTranslation();
  const failed = useLiveSoon(useDevice().printing.jobs).filter(({ state }) => state === 'failed');
  const last = failed.at(-1);
  if (last === undefined) return null;
  return (
    <div className={styles.notice} role="alert" data-testid="print-notice">
      <PrintTrouble job={last} named />
      {failed.length > 1 && (
        <Link href="/printing">
          {t('printing.more', { count: failed.length - 1 })}: {t('printing.see')}
        </Link>
      )}
    </div>
  );
}

import { useTranslation } from 'react-i18next';
import { Panel } from '../ui/panel.tsx';
import { useDevice } from './contexts.ts';
import { PaperPanel } from './paper-panel.tsx';
import { PrintTrouble } from './print-trouble.tsx';
import { PrinterPanel } from './printer-panel.tsx';
import styles from './sync-screen.module.css';
import { useLive } from './use-live.ts';

/** How this device prints: printer, paper, language, drawer; a sample, and what the printer did last. */
export default function PrintingScreen() {
  const { t } = useTranslation();
  return (
    <div className={styles.root}>
      <header className={styles.head}>
        <div>
          <h1 className={styles.title}>{t('printing.title')}</h1>
          <p className={styles.state}>{t('printing.intro')}</p>
        </div>
      </header>
      <div className={styles.column}>
        <PrinterPanel />
        <JobsPanel />
      </div>
      <div className={styles.column}>
        <PaperPanel />
      </div>
    </div>
  );
}

function JobsPanel() {
  const { t } = useTranslation();
  const jobs = useLive(useDevice().printing.jobs).toReversed();
  return (
    <Panel title={t('printing.jobs')} flush testId="print-jobs">
      {jobs.length === 0 ? (
        <p className={styles.padded}>{t('printing.noJobs')}</p>
      ) : (
        <ul className={styles.list}>
          {jobs.map((job) => (
            <li key={job.no} className={styles.finding} data-testid="print-job" data-state={job.state}>
              {job.state === 'failed' ? (
                <PrintTrouble job={job} named />
              ) : (
                <span>
                  {t(`printing.job.${job.what}`, { label: job.label })}: {t(`printing.state.${job.state}`)}
                  {job.copy ? ` (${t('printing.copy', { copy: job.copy })})` : ''}
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

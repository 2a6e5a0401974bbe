import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PrintJob } from '../device/printing.ts';
import { useDevice } from './contexts.ts';
import styles from './print-trouble.module.css';

/** Why a job failed, that the sale is safe all the same, and the ways on. */
export function PrintTrouble({ job, named = false }: { job: PrintJob; named?: boolean }) {
  const { t } = useTranslation();
  const { printing } = useDevice();
  return (
    <div className={styles.root} data-testid="print-trouble" data-fault={job.fault}>
      <p className={styles.text}>
        {named && <strong>{t(`printing.job.${job.what}`, { label: job.label })}: </strong>}
        {job.fault && t(`printing.fault.${job.fault}`)} {job.what !== 'test' && t('printing.stands')}
      </p>
      <div className={styles.acts}>
        <Button size="sm" onClick={() => void printing.retry(job.no)} data-testid="print-retry">
          {t('printing.retry')}
        </Button>
        {job.what === 'receipt' && (
          <Button size="sm" variant="default" onClick={() => void printing.retry(job.no, 'page')}>
            {t('printing.instead')}
          </Button>
        )}
        <Button size="sm" variant="default" onClick={() => void printing.drop(job.no)} data-testid="print-drop">
          {t('printing.dismiss')}
        </Button>
      </div>
    </div>
  );
}

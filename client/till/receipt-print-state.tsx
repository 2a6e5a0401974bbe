import { IconPrinter, IconPrinterOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { PrintableEntry } from '../../schema/receipt-print.ts';
import { useDevice } from '../app/contexts.ts';
import { PrintTrouble } from '../app/print-trouble.tsx';
import { useLive } from '../app/use-live.ts';
import marks from '../ui/marks.module.css';
import styles from './receipt-dialog.module.css';

/** What became of this receipt's last print; nothing where none was asked for. */
export function ReceiptPrintState({ entry }: { entry: PrintableEntry }) {
  const { t } = useTranslation();
  const job = useLive(useDevice().printing.jobs).findLast((one) => one.entry === entry.id);
  if (job === undefined) return null;
  const Icon = job.state === 'failed' ? IconPrinterOff : IconPrinter;
  return (
    <>
      <span
        className={job.state === 'done' ? marks.ok : job.state === 'failed' ? marks.warn : marks.plain}
        role="status"
        data-testid="print-state"
        data-state={job.state}
      >
        <Icon size={18} aria-hidden="true" />
        {t(`printing.state.${job.state}`)}
        {job.copy ? ` (${t('printing.copy', { copy: job.copy })})` : ''}
      </span>
      {job.state === 'failed' && (
        <div className={styles.trouble}>
          <PrintTrouble job={job} />
        </div>
      )}
    </>
  );
}

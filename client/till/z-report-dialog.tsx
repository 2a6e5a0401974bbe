import { Button, Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { subtractMoney } from '../../schema/money.ts';
import { useFormat } from '../app/use-format.ts';
import type { ZReport } from '../device/shifts.ts';
import { ReceiptActs } from './receipt-acts.tsx';
import { ReceiptView } from './receipt-view.tsx';
import styles from './shift-screen.module.css';

/** A Z report as it goes onto paper, with how the count came out in words. */
export function ZReportDialog({ report, onClose }: { report: ZReport | null; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={report !== null}
      onClose={onClose}
      title={report && t('shift.z', { number: report.entry.body.zNo })}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      {report && (
        <div className={styles.form} data-testid="z-report">
          <CountOutcome report={report} />
          <div className={styles.acts}>
            <Button size="lg" onClick={onClose} data-autofocus data-testid="z-done">
              {t('till.receipt.close')}
            </Button>
            <ReceiptActs entry={report.entry} />
          </div>
          <ReceiptView entry={report.entry} />
        </div>
      )}
    </Modal>
  );
}

function CountOutcome({ report: { entry } }: { report: ZReport }) {
  const { t } = useTranslation();
  const format = useFormat();
  const difference = subtractMoney(entry.body.countedCash, entry.body.expectedCash);
  const how = difference === 0 ? 'even' : difference > 0 ? 'over' : 'short';
  return (
    <p className={styles.sum} role="status" data-testid="count-outcome" data-difference={difference}>
      {t(`shift.outcome.${how}`, {
        amount: format.money(
          difference < 0 ? subtractMoney(entry.body.expectedCash, entry.body.countedCash) : difference,
        ),
      })}
    </p>
  );
}

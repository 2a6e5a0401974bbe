import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Money } from '../../schema/money.ts';
import type { Finding } from '../device/disk-view.ts';
import { CorrectDialog, type Corrected, correctedSale } from '../till/correct-dialog.tsx';
import { useDevice } from './contexts.ts';
import styles from './shell.module.css';
import { useFormat } from './use-format.ts';
import { receiptOf, useFoundEntry } from './use-found-entry.ts';

/** A payment that two devices corrected apart: of which receipt, and the way to say once more how it was paid. */
export function CorrectedTwiceNotice({ finding }: { finding: Finding }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { disk } = useDevice();
  const [correcting, setCorrecting] = useState<Corrected | null>(null);
  const entry = useFoundEntry(finding.about);
  const amount = format.money(Number(finding.detail.amount) as Money);
  const receipt = receiptOf(entry);
  return (
    <div className={styles.notice} role="alert" data-testid="notice-corrected-twice">
      <span>
        {receipt === undefined ? t('pay.correct.twice', { amount }) : t('pay.correct.twiceOf', { amount, receipt })}
      </span>
      {entry?.kind === 'sale' && (
        <Button onClick={() => setCorrecting(correctedSale(entry))} data-testid="correct-again">
          {t('pay.correct.again')}
        </Button>
      )}
      <Button variant="default" onClick={() => void disk.settleFinding(finding.id)}>
        {t('goods.doubled.seen')}
      </Button>
      <CorrectDialog of={correcting} onClose={() => setCorrecting(null)} />
    </div>
  );
}

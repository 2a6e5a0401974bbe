import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBusy } from '../app/busy.ts';
import { useDevice } from '../app/contexts.ts';
import { useFormat } from '../app/use-format.ts';
import { useLive } from '../app/use-live.ts';
import { useNow } from '../app/use-now.ts';
import type { PaidBack } from '../device/payments.ts';
import { Panel } from '../ui/panel.tsx';
import styles from './account-row.module.css';
import { CorrectDialog, type Corrected, correctedPayBack } from './correct-dialog.tsx';
import screen from './receipts-screen.module.css';
import { useTenderNow } from './use-tender-now.ts';

/** What was paid back last; more is in the reports. */
const SHOWN_MAX = 20;
const NOW_REFRESH_MS = 60_000;

/** What customers paid back last, at any till, and the way to correct how. Nothing while nobody has. */
export function PaidBackList() {
  const { t } = useTranslation();
  const { payments } = useDevice();
  useLive(payments.version);
  const [correcting, setCorrecting] = useState<Corrected | null>(null);
  useBusy(correcting !== null);
  const shown = payments.paidBack().slice(0, SHOWN_MAX);
  if (shown.length === 0) return null;
  return (
    <Panel title={t('pay.credit.lately')} flush>
      <ul className={screen.list}>
        {shown.map((one) => (
          <PaidBackRow key={one.id} paid={one} onCorrect={() => setCorrecting(correctedPayBack(one))} />
        ))}
      </ul>
      <CorrectDialog of={correcting} onClose={() => setCorrecting(null)} />
    </Panel>
  );
}

function PaidBackRow({ paid, onCorrect }: { paid: PaidBack; onCorrect: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow(NOW_REFRESH_MS);
  const { company } = useDevice();
  const devices = useLive(company.devices);
  const tender = useTenderNow({ id: paid.id, payments: [paid.payment] }, 0);
  const till = devices.find(({ device }) => device === paid.deviceId)?.till ?? '';
  return (
    <li className={`${styles.row} ${styles.two}`} data-testid="paid-back-row">
      <div className={styles.name}>
        <span>
          {paid.name}: <span className="num">{format.money(paid.payment.amount)}</span>, {t(`pay.tender.${tender}`)}
        </span>
        <small>{[till, format.moment(paid.at, now)].filter((text) => text !== '').join(', ')}</small>
      </div>
      <Button variant="default" onClick={onCorrect} data-testid="paid-back-correct">
        {t('pay.correct.start')}
      </Button>
    </li>
  );
}

import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Money } from '../../schema/money.ts';
import { useFaultText } from '../till/use-fault-text.ts';
import { useDevice } from './contexts.ts';
import { CorrectedTwiceNotice } from './corrected-twice-notice.tsx';
import { useSay } from './messages.tsx';
import styles from './shell.module.css';
import { useFormat } from './use-format.ts';
import { useLive, useLiveSoon } from './use-live.ts';

/** Double refunds shown at once; the sync page lists all. */
const SHOWN_MAX = 3;

/** On every screen: money that was given back or corrected twice, and an exchange of which only half is written. */
export function ReturnsNotice() {
  const { t } = useTranslation();
  const format = useFormat();
  const { disk } = useDevice();
  const findings = useLiveSoon(disk.findings);
  const doubled = findings.filter(({ kind }) => kind === 'over-refunded');
  const corrected = findings.filter(({ kind }) => kind === 'corrected-twice');
  return (
    <>
      <PendingExchange />
      {corrected.slice(0, SHOWN_MAX).map((finding) => (
        <CorrectedTwiceNotice key={finding.id} finding={finding} />
      ))}
      {doubled.slice(0, SHOWN_MAX).map(({ id, detail }) => (
        <div key={id} className={styles.notice} role="alert" data-testid="notice-over-refunded">
          <span>
            {t('goods.doubled.text', {
              receipt: String(detail.receipt),
              amount: format.money(Number(detail.amount) as Money),
            })}
          </span>
          <Button variant="default" onClick={() => void disk.settleFinding(id)}>
            {t('goods.doubled.seen')}
          </Button>
        </div>
      ))}
    </>
  );
}

function PendingExchange() {
  const { t } = useTranslation();
  const { returns } = useDevice();
  const faultText = useFaultText();
  const say = useSay();
  const pending = useLive(returns.pending);
  if (pending === null) return null;
  const finish = async () => {
    const done = await returns.finish();
    say({ tone: done.ok ? 'info' : 'warning', text: done.ok ? t('goods.exchange.finished') : faultText(done.error) });
  };
  return (
    <div className={styles.notice} role="alert" data-testid="notice-exchange">
      <span>{t('goods.exchange.pending', { receipt: pending.refund.original?.receipt ?? '' })}</span>
      <Button onClick={() => void finish()} data-testid="exchange-finish">
        {t('goods.exchange.finish')}
      </Button>
      <Button
        variant="default"
        onClick={() =>
          void returns.drop().then((dropped) => dropped || say({ tone: 'warning', text: t('goods.exchange.half') }))
        }
      >
        {t('goods.exchange.drop')}
      </Button>
    </div>
  );
}

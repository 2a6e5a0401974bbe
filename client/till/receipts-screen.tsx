import { Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconArrowBackUp, IconReceipt } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Refund, Sale } from '../../schema/entry/sale.ts';
import { useBusy } from '../app/busy.ts';
import { useDevice } from '../app/contexts.ts';
import { useLive } from '../app/use-live.ts';
import { useLoaded } from '../app/use-loaded.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Panel } from '../ui/panel.tsx';
import { CorrectDialog, type Corrected, correctedSale } from './correct-dialog.tsx';
import { correctablePayments } from './correctable-payments.ts';
import { ReceiptDialog } from './receipt-dialog.tsx';
import { ReceiptFinder } from './receipt-finder.tsx';
import { ReceiptRow } from './receipt-row.tsx';
import { ReceiptSearch } from './receipt-search.tsx';
import styles from './receipts-screen.module.css';
import { RefundDialog } from './refund-dialog.tsx';

/** The newest receipts that are shown without searching. */
const RECENT_MAX = 200;

/** Here the list comes first, and the fields to search by are behind a line. */
const PHONE = '(max-width: 47.99em)';

/** What was sold and refunded here, any receipt by its number, and the way to a refund. */
export default function ReceiptsScreen() {
  const { t } = useTranslation();
  const phone = useMediaQuery(PHONE, undefined, { getInitialValueInEffect: false });
  const recent = useRecentReceipts();
  const [found, setFound] = useState<readonly (Sale | Refund)[] | null>(null);
  const entries = found ?? recent;
  const [opened, setOpened] = useState<Sale | Refund | null>(null);
  /** The refund that was just written. */
  const [written, setWritten] = useState<Refund | null>(null);
  const [correcting, setCorrecting] = useState<Corrected | null>(null);
  const [refunding, setRefunding] = useState<Sale | 'free' | null>(null);
  useBusy(refunding !== null || correcting !== null);
  const done = (refund: Refund | null) => {
    setRefunding(null);
    setOpened(refund);
    setWritten(refund);
  };
  const startRefund = (sale: Sale) => () => {
    setOpened(null);
    setRefunding(sale);
  };
  const startCorrect = (sale: Sale) => () => {
    setOpened(null);
    setCorrecting(correctedSale(sale));
  };
  const search = <ReceiptSearch shown={found !== null} onFound={setFound} />;
  return (
    <div className={styles.root}>
      <h1 className="visually-hidden">{t('goods.receipts.title')}</h1>
      <div className={styles.tools}>
        <ReceiptFinder onFound={setOpened} scans={refunding === null} />
        <Button
          variant="default"
          size="md"
          leftSection={<IconArrowBackUp size={20} aria-hidden="true" />}
          onClick={() => setRefunding('free')}
          data-testid="refund-free"
        >
          {t('goods.receipts.noOriginal')}
        </Button>
      </div>
      {phone ? (
        <details className={styles.search} data-testid="receipt-search">
          <summary>{t('goods.receipts.search')}</summary>
          {search}
        </details>
      ) : (
        search
      )}
      <Panel title={t(found ? 'pay.find.title' : 'goods.receipts.recent')} flush>
        {entries.length === 0 ? (
          <EmptyState
            icon={<IconReceipt size={40} />}
            title={t('goods.receipts.none')}
            help={t('goods.receipts.noneHelp')}
          />
        ) : (
          <ul className={styles.list}>
            {entries.map((entry) => (
              <ReceiptRow key={entry.id} entry={entry} onOpen={() => setOpened(entry)} />
            ))}
          </ul>
        )}
      </Panel>
      <ReceiptDialog
        entry={opened}
        fresh={opened !== null && opened === written}
        onClose={() => setOpened(null)}
        {...(opened?.kind === 'sale' ? { onRefund: startRefund(opened) } : {})}
        {...(opened?.kind === 'sale' && correctablePayments(opened).length > 0
          ? { onCorrect: startCorrect(opened) }
          : {})}
      />
      <CorrectDialog of={correcting} onClose={() => setCorrecting(null)} />
      <RefundDialog of={refunding} onDone={done} />
    </div>
  );
}

function useRecentReceipts(): readonly (Sale | Refund)[] {
  const { till } = useDevice();
  const version = useLive(till.version);
  const entries = useLoaded(() => till.recent(RECENT_MAX), version);
  return (entries ?? []).filter((entry) => entry.kind === 'sale' || entry.kind === 'refund');
}

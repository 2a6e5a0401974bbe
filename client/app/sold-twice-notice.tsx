import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { deviceEntryShape } from '../../schema/entry/entry.ts';
import type { Sale } from '../../schema/entry/sale.ts';
import type { EntryId } from '../../schema/ids.ts';
import type { Device } from '../device/device.ts';
import type { SoldTwice } from '../device/drafts.ts';
import { RefundDialog } from '../till/refund-dialog.tsx';
import { useDevice } from './contexts.ts';
import styles from './shell.module.css';
import { useLive, useLiveSoon } from './use-live.ts';
import { useLoaded } from './use-loaded.ts';

/** Notices shown at once; the sync page lists all. */
const SHOWN_MAX = 3;

/** On every screen of the tills it happened on and of the manager: a cart was paid twice, and the way to give one back. */
export function SoldTwiceNotice() {
  const notices = useLiveSoon(useDevice().drafts.soldTwice);
  return notices.slice(0, SHOWN_MAX).map((notice) => <Notice key={notice.finding} notice={notice} />);
}

function Notice({ notice }: { notice: SoldTwice }) {
  const { t } = useTranslation();
  const { drafts, office } = useDevice();
  const [refunding, setRefunding] = useState<Sale | null>(null);
  const version = useLive(office.version);
  const sales = useLoaded(() => readSales(office, notice.entries), `${notice.finding} ${version}`) ?? [];
  const last = sales.at(-1);
  const receipts = sales.map(({ body }) => body.receipt).join(', ');
  const done = async (isRefunded: boolean) => {
    setRefunding(null);
    if (isRefunded) await drafts.settle(notice);
  };
  return (
    <div className={styles.notice} role="alert" data-testid="notice-sold-twice">
      <span>{t('held.twice.text', { receipts })}</span>
      {last && (
        <Button onClick={() => setRefunding(last)} data-testid="sold-twice-refund">
          {t('held.twice.refund', { receipt: last.body.receipt })}
        </Button>
      )}
      <Button variant="default" onClick={() => void drafts.settle(notice)} data-testid="sold-twice-seen">
        {t('held.twice.seen')}
      </Button>
      <RefundDialog of={refunding} onDone={(refund) => void done(refund !== null)} />
    </div>
  );
}

/** The sales, as far as they are held here; the second payment last. */
async function readSales(office: Device['office'], ids: readonly EntryId[]): Promise<Sale[]> {
  const found = await Promise.all(ids.map((id) => office.entry(id)));
  return found.flatMap((one) => {
    const entry = one && ('body' in one ? one : deviceEntryShape.safeParse(one.entry).data);
    return entry?.kind === 'sale' ? [entry] : [];
  });
}

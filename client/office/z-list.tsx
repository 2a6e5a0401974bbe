import { UnstyledButton } from '@mantine/core';
import { IconCashRegister } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { money, subtractMoney } from '../../schema/money.ts';
import type { DaySpan } from '../../schema/report/report-day.ts';
import { useDevice } from '../app/contexts.ts';
import { useFormat } from '../app/use-format.ts';
import { useLive } from '../app/use-live.ts';
import { useLoaded } from '../app/use-loaded.ts';
import type { ZReport } from '../device/shifts.ts';
import { ZReportDialog } from '../till/z-report-dialog.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import styles from './reports-screen.module.css';
import { SignatureMark } from './signature-mark.tsx';
import { useFlagText } from './use-flag-text.ts';

/** Z reports looked at: a year and more of one till, some months of ten. */
const REPORTS_MAX = 500;
const DAY_MS = 24 * 60 * 60 * 1000;

/** The Z reports of all tills in some days, each with the mark of its signature. They open as the till shows them. */
export function ZList({ span }: { span: DaySpan }) {
  const { t } = useTranslation();
  const { shift, office } = useDevice();
  const [opened, setOpened] = useState<ZReport | null>(null);
  const all = useLoaded(() => shift.reports(REPORTS_MAX), useLive(office.version)) ?? [];
  const reports = all.filter(({ entry }) => isWithin(entry.at, span));
  if (reports.length === 0) {
    return (
      <EmptyState icon={<IconCashRegister size={40} />} title={t('reports.z.none')} help={t('reports.z.noneHelp')} />
    );
  }
  return (
    <>
      <ul className={`${styles.card} ${styles.zList}`} data-testid="z-list" aria-label={t('reports.z.title')}>
        {reports.map((report) => (
          <ZRow key={`${report.entry.id} ${report.entry.hash}`} report={report} onOpen={() => setOpened(report)} />
        ))}
      </ul>
      <ZReportDialog report={opened} onClose={() => setOpened(null)} />
    </>
  );
}

/** By this device's own days, as they stand in its lists everywhere. */
function isWithin(at: number, { from, to }: DaySpan): boolean {
  const begin = new Date(`${from}T00:00:00`).getTime();
  const end = new Date(`${to}T00:00:00`).getTime() + DAY_MS;
  return at >= begin && at < end;
}

function ZRow({ report, onOpen }: { report: ZReport; onOpen: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const flagText = useFlagText();
  const { entry, till, flags } = report;
  const { zNo, sales, refunds, tenders, countedCash, expectedCash } = entry.body;
  const taken = tenders.reduce((sum, { amount }) => sum + amount, 0);
  return (
    <li className={styles.zRow} data-testid="z-row">
      <div>
        <UnstyledButton className={styles.open} onClick={onOpen}>
          {t('shift.z', { number: zNo })} · {till ?? t('shell.unknownTill')}
        </UnstyledButton>
        {flags.length > 0 && <small className={styles.flag}>{flags.map(flagText).join(', ')}</small>}
      </div>
      <span className="num">{format.dateTime(entry.at)}</span>
      <span className="num">{t('shift.counts', { sales: format.count(sales), refunds: format.count(refunds) })}</span>
      <span className={`${styles.amount} num`}>{format.money(money(taken))}</span>
      <span className={`${styles.amount} num`}>
        {countedCash === expectedCash ? t('shift.even') : format.money(subtractMoney(countedCash, expectedCash))}
      </span>
      <SignatureMark entry={entry} />
    </li>
  );
}

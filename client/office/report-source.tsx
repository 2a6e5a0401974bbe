import { Button } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useDevice } from '../app/contexts.ts';
import { useFormat } from '../app/use-format.ts';
import { useLive } from '../app/use-live.ts';
import { useNow } from '../app/use-now.ts';
import type { Report } from '../device/reports.ts';
import styles from './reports-screen.module.css';
import notice from './silent-notice.module.css';
import { useReportLabel } from './use-report-label.ts';

const MINUTE_MS = 60_000;

/** Where the figures come from, and whose sales are not in them. */
export function ReportSourceNote({ report, onAgain }: { report: Report; onAgain: () => void }) {
  const { t } = useTranslation();
  const silent = useSilentTexts();
  const { source } = report;
  if (source.kind === 'server') {
    const counting = source.counted < 100 ? [t('reports.source.counting', { percent: source.counted })] : [];
    return (
      <p className={styles.source} data-testid="report-source" data-kind="server">
        {[t('reports.source.server'), ...counting, ...silent].join(' ')}
      </p>
    );
  }
  return (
    <aside className={notice.root} data-testid="report-source" data-kind="device">
      <IconPlugConnectedX size={22} aria-hidden="true" />
      <div>
        <HeldText report={report} />
        <p className={notice.help}>{[...silent, t('reports.source.cost')].join(' ')}</p>
      </div>
      <Button variant="default" onClick={onAgain} className={styles.again}>
        {t('reports.source.again')}
      </Button>
    </aside>
  );
}

function HeldText({ report: { source, from } }: { report: Report }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow(MINUTE_MS);
  const label = useReportLabel()('day');
  if (source.kind === 'server') return null;
  const { asOf, since } = source;
  return (
    <strong>
      {asOf === null ? t('reports.source.never') : t('reports.source.held', { asOf: format.moment(asOf, now) })}
      {since > from && ` ${t('reports.source.since', { day: label(since) })}`}
    </strong>
  );
}

function useSilentTexts(): string[] {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow(MINUTE_MS);
  const silent = useLive(useDevice().office.silent);
  return silent.map(({ device: { till, heardAt } }) =>
    heardAt === null
      ? t('reports.source.withoutNever', { till })
      : t('reports.source.without', { till, at: format.moment(heardAt, now) }),
  );
}

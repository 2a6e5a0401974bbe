import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../app/use-format.ts';
import { useNow } from '../app/use-now.ts';
import type { BranchSale } from '../device/device.ts';
import { hourOfToday } from '../ui/format-time.ts';
import { HourBars } from '../ui/hour-bars.tsx';
import { summariseSales } from './sales-summary.ts';
import styles from './sales-today.module.css';

/** Midnight is noticed within a minute. */
const TODAY_REFRESH_MS = 60_000;

/** What was sold today, in three figures and one bar per hour. */
export function SalesToday({ sales }: { sales: readonly BranchSale[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow(TODAY_REFRESH_MS);
  const summary = useMemo(() => summariseSales(sales, (at) => hourOfToday(at, now)), [sales, now]);
  const bars = summary.hours.map(({ hour, amount }) => ({
    hour,
    amount: Math.max(0, amount),
    text: t('office.sales.hour', { hour, amount: format.money(amount) }),
  }));
  return (
    <section className={styles.root} aria-label={t('office.sales.today')}>
      <dl className={styles.figures}>
        <Figure
          label={`${t('office.sales.total')}, ${t('office.sales.today').toLowerCase()}`}
          value={format.money(summary.total)}
          testId="today-total"
        />
        <Figure label={t('office.sales.count')} value={format.count(summary.count)} testId="today-count" />
        <Figure label={t('office.sales.average')} value={format.money(summary.average)} testId="today-average" />
      </dl>
      <HourBars title={t('office.sales.perHour')} bars={bars} />
    </section>
  );
}

function Figure({ label, value, testId }: { label: string; value: string; testId: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd className="num" data-testid={testId}>
        {value}
      </dd>
    </div>
  );
}

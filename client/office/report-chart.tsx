import { useTranslation } from 'react-i18next';
import { money } from '../../schema/money.ts';
import type { ReportBy } from '../../schema/report/report.ts';
import { useFormat } from '../app/use-format.ts';
import styles from './report-chart.module.css';
import type { ReportLine } from './report-lines.ts';

interface ChartProps {
  readonly by: ReportBy;
  readonly lines: readonly ReportLine[];
}

/** Bars across a chart of kinds. */
const BARS_MAX = 10;
/** Labels under a chart over time. */
const LABELS_MAX = 8;

/** What the table behind says, drawn: bars over time, or the largest lines one below the other. For eyes only: the table has the figures. */
export function ReportChart({ by, lines }: ChartProps) {
  const isTime = by === 'hour' || by === 'day' || by === 'month';
  return isTime ? <TimeChart by={by} lines={lines} /> : <LargestBars lines={lines} />;
}

function TimeChart({ by, lines }: { by: 'hour' | 'day' | 'month'; lines: readonly ReportLine[] }) {
  const { t } = useTranslation();
  const amounts = lines.map(
    ({ row, before }) => [Math.max(0, row.total ?? 0), Math.max(0, before?.total ?? 0)] as const,
  );
  const highest = Math.max(1, ...amounts.flat());
  const compares = lines.some(({ before }) => before !== undefined);
  const every = Math.ceil(lines.length / LABELS_MAX);
  return (
    <figure className={styles.root} data-testid="report-chart">
      <figcaption className={styles.title}>
        {t('reports.chart.time', { unit: t(`reports.chart.${by}`) })}
        {compares && <Legend />}
        <span className="visually-hidden">{t('reports.chart.behind')}</span>
      </figcaption>
      <div className={styles.plot} aria-hidden="true">
        <span className={styles.scale}>
          <Amount amount={highest} />
        </span>
        {amounts.map(([now, before], index) => (
          <span key={lines[index]?.row.key} className={styles.point} title={lines[index]?.label}>
            {compares && <span className={styles.before} style={{ height: heightOf(before, highest) }} />}
            <span className={styles.bar} style={{ height: heightOf(now, highest) }} />
          </span>
        ))}
      </div>
      <div className={`${styles.labels} num`} aria-hidden="true">
        {lines.map(({ row, label }, index) => (
          <span key={row.key}>{index % every === 0 ? shortLabel(by, row.key, label) : ''}</span>
        ))}
      </div>
    </figure>
  );
}

function shortLabel(by: 'hour' | 'day' | 'month', key: string, label: string): string {
  if (by === 'hour') return key;
  return by === 'day' ? `${Number(key.slice(8))}/${Number(key.slice(5, 7))}` : label.slice(0, 3);
}

function heightOf(amount: number, highest: number): string {
  return amount === 0 ? '0' : `max(3px, ${(amount / highest) * 100}%)`;
}

function LargestBars({ lines }: { lines: readonly ReportLine[] }) {
  const { t } = useTranslation();
  const largest = lines.toSorted((left, right) => (right.row.total ?? 0) - (left.row.total ?? 0)).slice(0, BARS_MAX);
  const highest = Math.max(1, ...largest.flatMap(({ row, before }) => [row.total ?? 0, before?.total ?? 0]));
  const compares = largest.some(({ before }) => before !== undefined);
  return (
    <figure className={styles.root} data-testid="report-chart">
      <figcaption className={styles.title}>
        {lines.length > largest.length ? t('reports.chart.most', { count: largest.length }) : t('reports.chart.all')}
        {compares && <Legend />}
        <span className="visually-hidden">{t('reports.chart.behind')}</span>
      </figcaption>
      <div className={styles.largest} aria-hidden="true">
        {largest.map(({ label, row, before }) => (
          <div key={label} className={styles.line}>
            <span className={styles.name}>{label}</span>
            <span className={styles.track}>
              <span className={styles.bar} style={{ width: widthOf(row.total, highest) }} />
              {before && <span className={styles.before} style={{ width: widthOf(before.total, highest) }} />}
            </span>
            <Amount amount={row.total ?? 0} />
          </div>
        ))}
      </div>
    </figure>
  );
}

function widthOf(amount = 0, highest: number): string {
  return `${(Math.max(0, amount) / highest) * 100}%`;
}

function Amount({ amount }: { amount: number }) {
  return <span className="num">{useFormat().money(money(amount))}</span>;
}

function Legend() {
  const { t } = useTranslation();
  return (
    <span className={styles.legend}>
      <i className={styles.bar} aria-hidden="true" /> {t('reports.chart.now')}
      <i className={styles.before} aria-hidden="true" /> {t('reports.chart.before')}
    </span>
  );
}

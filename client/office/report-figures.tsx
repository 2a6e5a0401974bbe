import { useTranslation } from 'react-i18next';
import { money } from '../../schema/money.ts';
import type { Measures } from '../../schema/report/measures.ts';
import { totalOf } from '../../schema/report/report.ts';
import { useFormat } from '../app/use-format.ts';
import type { Report } from '../device/reports.ts';
import { changeOf, marginOf } from './report-lines.ts';
import styles from './reports-screen.module.css';

interface Figure {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  /** What it was before, and by which share it grew. */
  readonly was?: { readonly value: string; readonly change: number | null } | undefined;
}

/** The whole branch in a few figures, each beside the one of the period before. */
export function ReportFigures({
  time,
  before,
  costed,
}: {
  time: Report;
  before: Report | undefined;
  /** Whose rows say what goods cost. */
  costed: Report | null;
}) {
  const { t } = useTranslation();
  const figures = useFigures(totalOf(time.rows), before && totalOf(before.rows));
  return (
    <section aria-label={t('reports.figures.label')}>
      <dl className={styles.figures} data-testid="report-figures">
        {figures.map((figure) => (
          <OneFigure key={figure.name} figure={figure} />
        ))}
        {costed && <Margin costed={costed} />}
      </dl>
    </section>
  );
}

function useFigures(now: Measures, before: Measures | undefined): Figure[] {
  const { t } = useTranslation();
  const format = useFormat();
  const figure = (
    name: 'total' | 'sales' | 'average' | 'returned' | 'discounts' | 'tax' | 'voids' | 'difference',
    of: (sum: Measures) => number,
  ): Figure => {
    const text = (sum: Measures) =>
      name === 'sales' || name === 'voids' ? format.count(of(sum)) : format.money(money(of(sum)));
    const was = before && { value: text(before), change: changeOf(of(now), of(before)) };
    return { name, label: t(`reports.figures.${name}`), value: text(now), was };
  };
  return [
    figure('total', ({ total = 0 }) => total),
    figure('sales', ({ sales = 0 }) => sales),
    figure('average', ({ total = 0, returned = 0, sales = 0 }) =>
      sales === 0 ? 0 : Math.round((total + returned) / sales),
    ),
    figure('returned', ({ returned = 0 }) => returned),
    figure('discounts', ({ discounts = 0, promotions = 0 }) => discounts + promotions),
    figure('tax', ({ tax = 0 }) => tax),
    figure('voids', ({ voids = 0 }) => voids),
    figure('difference', ({ difference = 0 }) => difference),
  ];
}

function OneFigure({ figure: { name, label, value, was } }: { figure: Figure }) {
  const { t } = useTranslation();
  return (
    <div>
      <dt>{label}</dt>
      <dd className="num" data-testid={`figure-${name}`}>
        {value}
      </dd>
      {was && (
        <dd className={styles.was}>
          {t('reports.figures.before', { value: was.value })} <Change change={was.change} />
        </dd>
      )}
    </div>
  );
}

const ARROWS = { up: '▲', down: '▼', same: '=' } as const;
/** Less than half a percent is no change. */
const SAME = 0.005;

/** By how much something grew: an arrow for the eye, words for the ear. */
export function Change({ change }: { change: number | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (change === null) return null;
  const share = format.share(Math.abs(change));
  const way = Math.abs(change) < SAME ? 'same' : change > 0 ? 'up' : 'down';
  return (
    <span className={styles.change} data-way={way}>
      <span aria-hidden="true">
        {ARROWS[way]} {way !== 'same' && share}
      </span>
      <span className="visually-hidden">{t(`reports.figures.${way}`, { share })}</span>
    </span>
  );
}

/** Of the goods whose cost is known; what the others brought is told beside it. */
function Margin({ costed: { by, rows } }: { costed: Report }) {
  const { t } = useTranslation();
  const format = useFormat();
  const known = rows.flatMap((row) => marginOf(row) ?? []);
  const unknown = rows.filter(({ costOfSales }) => costOfSales === undefined).length;
  const cost = rows.reduce((sum, { costOfSales = 0 }) => sum + costOfSales, 0);
  const uncosted = rows.reduce((sum, row) => sum + (row.uncosted ?? 0), 0);
  const [net, margin] = [sumOf(known.map((row) => row.net)), sumOf(known.map((row) => row.margin))];
  if (known.length === 0) return null;
  return (
    <>
      <div>
        <dt>{t('reports.figures.cost')}</dt>
        <dd className="num">{format.money(money(cost))}</dd>
      </div>
      <div>
        <dt>{t('reports.figures.margin')}</dt>
        <dd className="num" data-testid="figure-margin">
          {format.money(money(margin))}
          {net > 0 && ` · ${format.share(margin / net)}`}
        </dd>
        {by === 'product' && unknown > 0 && (
          <dd className={styles.was}>
            {t('reports.figures.unknownCost', { count: unknown, formatted: format.count(unknown) })}
          </dd>
        )}
        {by !== 'product' && uncosted !== 0 && (
          <dd className={styles.was}>{t('reports.figures.uncosted', { amount: format.money(money(uncosted)) })}</dd>
        )}
      </div>
    </>
  );
}

function sumOf(figures: readonly number[]): number {
  return figures.reduce((sum, figure) => sum + figure, 0);
}

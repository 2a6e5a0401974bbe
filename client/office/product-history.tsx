import { Button, Loader, SegmentedControl } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChartLine } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProductId } from '../../schema/ids.ts';
import { useDevice } from '../app/contexts.ts';
import { useFormat } from '../app/use-format.ts';
import { useLive } from '../app/use-live.ts';
import { useLoaded } from '../app/use-loaded.ts';
import { type ProductHistory, STEPS_DAYS_MAX } from '../device/movements.ts';
import styles from './product-history.module.css';
import { levelPath, type PlotScale, plotScale } from './stock-plot.ts';

/** Days of the chart to choose from. */
const DAYS = [7, 30, 90, 365, 3_650] as const;
const YEAR_DAYS = 365;
/** Marks named below the chart. */
const MARKS_SHOWN = 8;

/** What silent tills usually sell of a product, and its stock over time where somebody asks: without the server all sales of that time are read for it. */
export function ProductHistoryView({ product }: { product: ProductId }) {
  const { t } = useTranslation();
  const silent = useLive(useDevice().office.silent).length;
  const [opened, { toggle }] = useDisclosure(false);
  return (
    <>
      {silent > 0 && <Usually product={product} />}
      <Button
        className={styles.open ?? ''}
        variant="default"
        leftSection={<IconChartLine size={18} aria-hidden="true" />}
        onClick={toggle}
        aria-expanded={opened}
        data-testid="history-open"
      >
        {t(opened ? 'moves.history.hide' : 'moves.history.title')}
      </Button>
      {opened && <OverTime product={product} />}
    </>
  );
}

/** What a reading depends on: other products' sales, and those of tills that are heard, say nothing of it. */
function useVersion(product: ProductId): string {
  const { movements, stock, office, sync } = useDevice();
  useLive(stock.version);
  const silent = useLive(office.silent).length;
  const online = useLive(sync.status).connection === 'online';
  return `${useLive(movements.version)} ${stock.onHand(product)} ${silent} ${product} ${online}`;
}

/** The last answer stays until the next one is there. */
function useHistory(product: ProductId, days: number): ProductHistory | undefined {
  const { movements } = useDevice();
  return useLoaded(() => movements.history(product, days), `${useVersion(product)} ${days}`);
}

/** `7 days`, `1 year`, `10 years`. */
function useSpanText(): (days: number) => string {
  const { t } = useTranslation();
  return (days) =>
    days < YEAR_DAYS
      ? t('moves.history.days', { count: days })
      : t('moves.history.years', { count: Math.round(days / YEAR_DAYS) });
}

function OverTime({ product }: { product: ProductId }) {
  const { t } = useTranslation();
  const [days, setDays] = useState<number>(30);
  const history = useHistory(product, days);
  const spanText = useSpanText();
  return (
    <section className={styles.root} aria-label={t('moves.history.title')} data-testid="product-history">
      <header className={styles.head}>
        <h3 className={styles.title}>{t('moves.history.title')}</h3>
        <SegmentedControl
          aria-label={t('moves.history.title')}
          size="sm"
          classNames={{ label: styles.span ?? '' }}
          value={String(days)}
          onChange={(next) => setDays(Number(next))}
          data={DAYS.map((count) => ({ value: String(count), label: spanText(count) }))}
        />
      </header>
      {!history && <Loader size="sm" />}
      {history && <Chart history={history} product={product} days={days} />}
      {history && <Marks history={history} product={product} />}
      {history && (
        <p className={styles.soft} data-testid="history-source" data-source={history.source}>
          {t(`moves.history.${history.source === 'server' ? 'server' : days <= STEPS_DAYS_MAX ? 'steps' : 'window'}`)}
        </p>
      )}
    </section>
  );
}

interface PartProps {
  readonly history: ProductHistory;
  readonly product: ProductId;
}

function Usually({ product }: { product: ProductId }) {
  const { t } = useTranslation();
  const format = useFormat();
  const quantity = useQuantity(product);
  const { movements } = useDevice();
  const silent = useLoaded(() => movements.usuallySold(product), useVersion(product)) ?? [];
  return silent.map(({ device, till, silentMs, units }) => (
    <p key={device} className={styles.usual} data-testid="usually-sells">
      {t('moves.history.usually', { till, quantity: quantity(units), age: format.length(silentMs) })}
    </p>
  ));
}

function Chart({ history: { levels, marks }, product, days }: PartProps & { days: number }) {
  const { t } = useTranslation();
  const { catalogue } = useDevice();
  const format = useFormat();
  const quantity = useQuantity(product);
  const spanText = useSpanText();
  const scale = plotScale(levels);
  const [first, last] = [levels[0], levels.at(-1)];
  if (!first || !last) return null;
  return (
    <figure className={styles.figure}>
      <figcaption className={styles.soft}>
        <span className="visually-hidden">
          {t('moves.history.label', { name: catalogue.product(product)?.name ?? product, span: spanText(days) })}:{' '}
        </span>
        {t('moves.history.lowest', { quantity: quantity(scale.lowest) })} ·{' '}
        {t('moves.history.highest', { quantity: quantity(scale.highest) })}
      </figcaption>
      <svg className={styles.plot} viewBox="0 0 100 40" preserveAspectRatio="none" aria-hidden="true">
        <line className={styles.zero} x1="0" x2="100" y1={scale.y(0)} y2={scale.y(0)} />
        {marks.map(({ at, kind }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two marks may be of one moment and kind.
          <MarkLine key={`${at} ${kind} ${index}`} scale={scale} at={at} kind={kind} />
        ))}
        <path className={styles.line} d={levelPath(levels, scale)} />
      </svg>
      <div className={`${styles.ends} num`}>
        <span>{t('moves.history.from', { date: format.dateTime(first.at), quantity: quantity(first.onHand) })}</span>
        <span>{t('moves.history.now', { quantity: quantity(last.onHand) })}</span>
      </div>
    </figure>
  );
}

function MarkLine({ scale, at, kind }: { scale: PlotScale; at: number; kind: string }) {
  const x = scale.x(at);
  return <line className={styles.mark} data-kind={kind} x1={x} x2={x} y1="0" y2="40" />;
}

function Marks({ history: { marks }, product }: PartProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const quantity = useQuantity(product);
  if (marks.length === 0) return <p className={styles.soft}>{t('moves.history.none')}</p>;
  const newest = marks.toSorted((left, right) => right.at - left.at).slice(0, MARKS_SHOWN);
  return (
    <ul className={styles.marks} aria-label={t('moves.history.marks')}>
      {newest.map(({ at, kind, units }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two marks may be of one moment and kind.
        <li key={`${at} ${kind} ${index}`} data-testid="history-mark">
          <span>{isNamed(kind) ? t(`sync.kind.${kind}`) : kind}</span>
          <span className={styles.soft}>{format.dateTime(at)}</span>
          <span className="num">{kind === 'count' ? '' : `${units > 0 ? '+' : ''}${quantity(units)}`}</span>
        </li>
      ))}
    </ul>
  );
}

/** What marks a chart, as far as it has a name. */
type Named = 'receive' | 'adjust' | 'waste' | 'transfer-out' | 'transfer-in' | 'count';

function isNamed(kind: string): kind is Named {
  return ['receive', 'adjust', 'waste', 'transfer-out', 'transfer-in', 'count'].includes(kind);
}

function useQuantity(product: ProductId): (units: number) => string {
  const { catalogue } = useDevice();
  const format = useFormat();
  return (units) => format.quantity(units, catalogue.product(product)?.unitScale ?? 1);
}

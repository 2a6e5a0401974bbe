import { Loader, SegmentedControl } from '@mantine/core';
import { IconChartBar } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { COST_RULES, COSTED_DAYS_MAX } from '../../schema/report/costs.ts';
import { type ReportBy, totalOf } from '../../schema/report/report.ts';
import { type DaySpan, daysIn } from '../../schema/report/report-day.ts';
import { useDevice } from '../app/contexts.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { FaultNote } from '../ui/fault-note.tsx';
import { ReportChart } from './report-chart.tsx';
import { columnsOf, spokenColumns } from './report-columns.ts';
import { ReportFigures } from './report-figures.tsx';
import { spanOf, timeOf } from './report-period.ts';
import { type ChosenPeriod, ReportPeriodPicker } from './report-period-picker.tsx';
import { ReportSave } from './report-save.tsx';
import { type ReportScope, ReportScopePicker, useReadableBranches } from './report-scope-picker.tsx';
import { ReportSourceNote } from './report-source.tsx';
import { ReportTable } from './report-table.tsx';
import styles from './reports-screen.module.css';
import { shownLines } from './shown-lines.ts';
import { type ShownReports, useReports } from './use-report.ts';
import { useReportDetail, useReportLabel } from './use-report-label.ts';
import { ZList } from './z-list.tsx';

const TABS = [
  'time',
  'hour',
  'product',
  'category',
  'till',
  'cashier',
  'tender',
  'tax',
  'drawer',
  'branch',
  'z',
] as const;
type Tab = (typeof TABS)[number];

/** What sold, over any days and broken down in any way: the picture first, the table behind it. */
export default function ReportsScreen() {
  const { t } = useTranslation();
  const { reports } = useDevice();
  const [tab, setTab] = useState<Tab>('time');
  const [again, setAgain] = useState(0);
  const [scope, setScope] = useState<ReportScope>({ branch: undefined, costs: false });
  const [chosen, setChosen] = useState<ChosenPeriod>(() => ({
    ...{ period: 'today', span: spanOf('today', reports.today()), compares: false },
  }));
  const others = useReadableBranches();
  const by: ReportBy | null = tab === 'time' || tab === 'z' ? null : tab;
  const mayCost = COST_RULES[by ?? timeOf(chosen.span)] !== undefined && by !== 'product';
  const costs = scope.costs && mayCost;
  const shown = useReports({ span: chosen.span, by, compares: chosen.compares, ...scope, costs }, again);
  // Over one day time is its hours.
  const hasHours = tab === 'hour' || daysIn(chosen.span) > 1;
  const tabs = TABS.filter((name) => (name === 'hour' ? hasHours : name !== 'branch' || others.length > 0));
  return (
    <div className={styles.root}>
      <header className={styles.head}>
        <h1 className={styles.title}>{t('reports.title')}</h1>
        <ReportPeriodPicker chosen={chosen} onChoose={setChosen} />
      </header>
      <div className={styles.tabs}>
        <SegmentedControl
          value={tab}
          onChange={(next) => setTab(next as Tab)}
          data={tabs.map((name) => ({ value: name, label: t(`reports.by.${name}`) }))}
          aria-label={t('reports.by.label')}
          data-testid="report-by"
        />
      </div>
      {tab !== 'z' && (
        <ReportScopePicker
          scope={scope}
          onChoose={setScope}
          branches={tab === 'branch' ? [] : others}
          mayCost={mayCost}
        />
      )}
      {(shown === 'bad-span' || shown === 'elsewhere') && tab !== 'z' && (
        <FaultNote text={t(shown === 'bad-span' ? 'reports.badSpan' : 'reports.elsewhere')} />
      )}
      {costs && isBeyondCosts(by ?? timeOf(chosen.span), chosen.span) && (
        <p className={styles.source}>{t('reports.costs.tooLong', { count: COSTED_DAYS_MAX })}</p>
      )}
      {tab === 'z' && <ZList span={chosen.span} />}
      {shown === undefined && tab !== 'z' && (
        <EmptyState icon={<Loader size="sm" color="var(--accent-ink)" />} title={t('reports.loading')} />
      )}
      {typeof shown === 'object' && tab !== 'z' && <ShownReport shown={shown} onAgain={() => setAgain(again + 1)} />}
    </div>
  );
}

function isBeyondCosts(by: ReportBy, span: DaySpan): boolean {
  return COST_RULES[by]?.days === 'few' && daysIn(span) > COSTED_DAYS_MAX;
}

function ShownReport({ shown, onAgain }: { shown: ShownReports; onAgain: () => void }) {
  const { t } = useTranslation();
  const labelOf = useReportLabel();
  const detailOf = useReportDetail();
  const { time, timeBefore, table, tableBefore, wish } = shown;
  const day = labelOf('day');
  const lines = shownLines(table, tableBefore, labelOf(table.by), detailOf(table.by));
  const whole = totalOf(table.rows).total ?? 0;
  const { from, to } = table;
  const branchName = labelOf('branch');
  const title = [
    t('reports.title'),
    ...(wish.branch ? [branchName(wish.branch)] : []),
    t(`reports.column.${table.by}`),
    from === to ? day(from) : `${day(from)} – ${day(to)}`,
  ];
  const isEmpty = table.rows.length === 0 && !tableBefore?.rows.length;
  const shownTable = { by: table.by, columns: columnsOf(table.by, wish.compares), lines, whole };
  return (
    <>
      <ReportSourceNote report={table} onAgain={onAgain} />
      {table.by === 'branch' ? (
        <ReportFigures time={table} before={tableBefore} costed={table} />
      ) : (
        <ReportFigures time={time} before={timeBefore} costed={table} />
      )}
      {isEmpty ? (
        <EmptyState icon={<IconChartBar size={40} />} title={t('reports.none')} help={t('reports.noneHelp')} />
      ) : (
        <>
          <div className={styles.card}>
            <ReportChart by={table.by} lines={lines} />
          </div>
          <ReportSave title={title.join(' ')} shown={shownTable} />
          <div className={styles.card}>
            <ReportTable key={table.by} {...shownTable} columns={spokenColumns(shownTable.columns, lines)} />
          </div>
        </>
      )}
    </>
  );
}

import { NativeSelect, Switch, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type DaySpan, daysIn } from '../../schema/report/report-day.ts';
import { useDevice } from '../app/contexts.ts';
import { PERIODS, type Period, spanOf } from './report-period.ts';
import styles from './reports-screen.module.css';

export interface ChosenPeriod {
  readonly period: Period;
  readonly span: DaySpan;
  readonly compares: boolean;
}

/** Which days: a usual period, or two dates. */
export function ReportPeriodPicker({
  chosen,
  onChoose,
}: {
  chosen: ChosenPeriod;
  onChoose: (chosen: ChosenPeriod) => void;
}) {
  const { t } = useTranslation();
  const { reports } = useDevice();
  const { period, span, compares } = chosen;
  const choose = (next: Period) =>
    onChoose({ ...chosen, period: next, span: next === 'custom' ? span : spanOf(next, reports.today()) });
  const setDay = (end: keyof DaySpan, day: string) => {
    if (day !== '') onChoose({ ...chosen, span: { ...span, [end]: day } });
  };
  return (
    <div className={styles.period}>
      <NativeSelect
        label={t('reports.period.label')}
        value={period}
        onChange={(event) => choose(event.currentTarget.value as Period)}
        data={PERIODS.map((name) => ({ value: name, label: t(`reports.period.${name}`) }))}
        data-testid="report-period"
      />
      {period === 'custom' &&
        (['from', 'to'] as const).map((end) => (
          <TextInput
            key={end}
            type="date"
            label={t(`reports.period.${end}`)}
            value={span[end]}
            onChange={(event) => setDay(end, event.currentTarget.value)}
            data-testid={`report-${end}`}
          />
        ))}
      <Switch
        checked={compares}
        onChange={(event) => onChoose({ ...chosen, compares: event.currentTarget.checked })}
        label={t('reports.compare', { days: t('reports.days', { count: Math.max(1, daysIn(span)) }) })}
        data-testid="report-compare"
      />
    </div>
  );
}

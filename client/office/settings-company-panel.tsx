import { Group, NativeSelect, Switch } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SettingsDoc } from '../../schema/company.ts';
import { useLanguage } from '../app/use-format.ts';
import { weekdayName } from '../ui/format-day.ts';
import { changedFields } from './changed-fields.ts';
import { HourField } from './hour-field.tsx';
import { SettingsForm, type SettingsWish } from './settings-form.tsx';
import styles from './settings-screen.module.css';

/** Monday to Sunday. */
const WEEK = [1, 2, 3, 4, 5, 6, 7];

interface Form {
  readonly reportsOfAll: boolean;
  /** Both as numbers; empty for every night, and for the hour that the server was started with. */
  readonly weekday: string;
  readonly hour: string;
}

/** What holds for all branches: who reads whose reports, and when the server reads its store through. */
export function SettingsCompanyPanel({ settings }: { settings: SettingsDoc }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [form, setForm] = useState(() => formOf(settings));
  const [bad, setBad] = useState<'hour' | null>(null);
  const change = (part: Partial<Form>) => setForm({ ...form, ...part });
  return (
    <SettingsForm
      title={t('manage.settings.company')}
      testId="settings-company"
      read={() => read(form, settings)}
      onBad={setBad}
    >
      <Switch
        label={t('manage.settings.reportsOfAll')}
        description={t('manage.settings.reportsOfAllHint')}
        checked={form.reportsOfAll}
        onChange={(event) => change({ reportsOfAll: event.currentTarget.checked })}
        data-testid="company-reports"
      />
      <Group grow align="flex-start">
        <NativeSelect
          label={t('manage.settings.verifyDay')}
          data={[
            { value: '', label: t('manage.settings.everyNight') },
            ...WEEK.map((day) => ({ value: String(day), label: weekdayName(day, language) })),
          ]}
          value={form.weekday}
          onChange={(event) => change({ weekday: event.currentTarget.value })}
          data-testid="company-verify-day"
        />
        <HourField
          label={t('manage.settings.verifyHour')}
          value={form.hour}
          onChange={(hour) => change({ hour })}
          bad={bad === 'hour' ? t('manage.settings.bad.verify') : null}
          none={t('manage.settings.usualHour')}
          testId="company-verify-hour"
        />
      </Group>
      <p className={styles.soft}>{t('manage.settings.verifyHint')}</p>
    </SettingsForm>
  );
}

function formOf({ reportsOfAll = false, verifyAt }: SettingsDoc): Form {
  const text = (value: number | undefined) => (value === undefined ? '' : String(value));
  return { reportsOfAll, weekday: text(verifyAt?.weekday), hour: text(verifyAt?.hour) };
}

/** A day of the week needs its hour. */
export function read({ reportsOfAll, weekday, hour }: Form, settings: SettingsDoc): SettingsWish<'hour'> {
  if (weekday !== '' && hour === '') return { bad: 'hour' };
  const verifyAt =
    hour === '' ? undefined : { hour: Number(hour), ...(weekday === '' ? {} : { weekday: Number(weekday) }) };
  const fields = { reportsOfAll: reportsOfAll || undefined, verifyAt };
  return { changes: [[settings.id, changedFields(settings, fields)]] };
}

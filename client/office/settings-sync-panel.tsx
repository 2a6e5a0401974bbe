import { Group, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SettingsDoc } from '../../schema/company.ts';
import { useFormat } from '../app/use-format.ts';
import { SettingsForm } from './settings-form.tsx';
import styles from './settings-screen.module.css';
import { readSyncForm, type SyncField, type SyncForm, syncForm } from './sync-form.ts';

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

/** What all devices do about sync, and when somebody is warned. */
export function SettingsSyncPanel({ settings }: { settings: SettingsDoc }) {
  const { t } = useTranslation();
  const [form, setForm] = useState(() => syncForm(settings));
  const [bad, setBad] = useState<SyncField | null>(null);
  const change = (part: Partial<SyncForm>) => setForm({ ...form, ...part });
  const number = (field: 'pull' | 'compare' | 'silent' | 'waiting' | 'stale' | 'offline') => ({
    value: form[field],
    onChange: (event: { currentTarget: { value: string } }) => change({ [field]: event.currentTarget.value }),
    inputMode: 'numeric' as const,
    error: bad === field ? t('manage.settings.bad.number') : null,
    autoComplete: 'off',
    'data-testid': `sync-${field}`,
  });
  return (
    <SettingsForm
      title={t('manage.settings.sync')}
      testId="settings-sync"
      read={() => readSyncForm(form, settings)}
      onBad={setBad}
    >
      <p className={styles.soft}>{t('manage.settings.syncHint')}</p>
      <TextInput label={t('manage.settings.pullMinutes')} {...number('pull')} />
      <TextInput label={t('manage.settings.compareMinutes')} {...number('compare')} />
      <Group grow align="flex-start">
        <HourField
          label={t('manage.settings.peakFrom')}
          value={form.peakFrom}
          onChange={(peakFrom) => change({ peakFrom })}
          bad={bad === 'peak'}
        />
        <HourField
          label={t('manage.settings.peakTo')}
          value={form.peakTo}
          onChange={(peakTo) => change({ peakTo })}
          bad={false}
        />
      </Group>
      <p className={styles.soft}>{t('manage.settings.peakHint')}</p>
      <Group grow align="flex-start">
        <HourField
          label={t('manage.settings.nightFrom')}
          value={form.nightFrom}
          onChange={(nightFrom) => change({ nightFrom })}
          bad={bad === 'night'}
        />
        <HourField
          label={t('manage.settings.nightTo')}
          value={form.nightTo}
          onChange={(nightTo) => change({ nightTo })}
          bad={false}
        />
      </Group>
      <TextInput label={t('manage.settings.silentMinutes')} {...number('silent')} />
      <TextInput label={t('manage.settings.waitingMax')} {...number('waiting')} />
      <TextInput label={t('manage.settings.staleMinutes')} {...number('stale')} />
      <TextInput label={t('manage.settings.offlineHours')} {...number('offline')} />
    </SettingsForm>
  );
}

interface HourFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (hour: string) => void;
  readonly bad: boolean;
}

function HourField({ label, value, onChange, bad }: HourFieldProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <NativeSelect
      label={label}
      data={[
        { value: '', label: t('manage.settings.noHour') },
        ...HOURS.map((hour) => ({
          value: String(hour),
          label: t('manage.settings.hour', { hour: String(hour).padStart(2, '0') }),
        })),
      ]}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={bad ? t('manage.settings.bad.hours') : null}
      lang={format.language}
    />
  );
}

import { Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SettingsDoc } from '../../schema/company.ts';
import { useFormat } from '../app/use-format.ts';
import { HourField } from './hour-field.tsx';
import { SettingsForm } from './settings-form.tsx';
import styles from './settings-screen.module.css';
import { readSyncForm, type SyncField, type SyncForm, type SyncNumber, syncBounds, syncForm } from './sync-form.ts';

/** What all devices do about sync, and when somebody is warned. */
export function SettingsSyncPanel({ settings }: { settings: SettingsDoc }) {
  const { t } = useTranslation();
  const [form, setForm] = useState(() => syncForm(settings));
  const format = useFormat();
  const [bad, setBad] = useState<SyncField | null>(null);
  const change = (part: Partial<SyncForm>) => setForm({ ...form, ...part });
  const bounds = (field: SyncNumber) => {
    const { from, to } = syncBounds(field);
    return { from: format.count(from), to: format.count(to) };
  };
  const number = (field: SyncNumber) => ({
    value: form[field],
    onChange: (event: { currentTarget: { value: string } }) => change({ [field]: event.currentTarget.value }),
    inputMode: 'numeric' as const,
    error: bad === field ? t('manage.settings.bad.between', bounds(field)) : null,
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
          bad={bad === 'peak' ? t('manage.settings.bad.hours') : null}
        />
        <HourField
          label={t('manage.settings.peakTo')}
          value={form.peakTo}
          onChange={(peakTo) => change({ peakTo })}
          bad={null}
        />
      </Group>
      <p className={styles.soft}>{t('manage.settings.peakHint')}</p>
      <Group grow align="flex-start">
        <HourField
          label={t('manage.settings.nightFrom')}
          value={form.nightFrom}
          onChange={(nightFrom) => change({ nightFrom })}
          bad={bad === 'night' ? t('manage.settings.bad.hours') : null}
        />
        <HourField
          label={t('manage.settings.nightTo')}
          value={form.nightTo}
          onChange={(nightTo) => change({ nightTo })}
          bad={null}
        />
      </Group>
      <TextInput label={t('manage.settings.silentMinutes')} {...number('silent')} />
      <TextInput label={t('manage.settings.waitingMax')} {...number('waiting')} />
      <TextInput label={t('manage.settings.staleMinutes')} {...number('stale')} />
      <TextInput label={t('manage.settings.offlineHours')} {...number('offline')} />
    </SettingsForm>
  );
}

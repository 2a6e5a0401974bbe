import { Button, Stack, Switch, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDeps, useDevice } from '../app/contexts.ts';
import { useSay } from '../app/messages.tsx';
import { useLive } from '../app/use-live.ts';
import { WINDOW_BOUNDS } from '../device/setting-bounds.ts';
import { Panel } from '../ui/panel.tsx';
import {
  formOf,
  type NumberSetting,
  readSettings,
  type SettingsFault,
  type SettingsForm,
  screenBounds,
} from './settings-input.ts';

/** Server address, intervals, batches, timeouts, live or not. */
export function SettingsPanel() {
  const { t } = useTranslation();
  const { page } = useDeps();
  const { sync } = useDevice();
  const say = useSay();
  const saved = useLive(sync.settings);
  const [form, setForm] = useState<SettingsForm>(() => formOf(saved));
  const [bad, setBad] = useState<SettingsFault | null>(null);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const settings = readSettings(form);
    setBad('bad' in settings ? settings.bad : null);
    if ('bad' in settings) return;
    const answer = await sync.saveSettings(settings);
    if (answer.ok) say({ tone: 'info', text: t('inspector.settings.saved') });
    else say({ tone: 'warning', text: t(`inspector.settings.${answer.error}`) });
  };
  const field = (key: SettingsFault) => ({
    value: form[key],
    onChange: (event: { currentTarget: { value: string } }) => setForm({ ...form, [key]: event.currentTarget.value }),
    'data-testid': `setting-${key}`,
  });
  const number = (key: NumberSetting) => ({
    ...field(key),
    inputMode: 'numeric' as const,
    error: bad === key ? t('inspector.settings.range', screenBounds(key)) : null,
  });
  return (
    <Panel title={t('inspector.settings.title')}>
      <form onSubmit={(event) => void save(event)} noValidate>
        <Stack gap="sm">
          <TextInput
            label={t('inspector.settings.serverAddress')}
            description={t('inspector.settings.serverAddressHint')}
            placeholder={page.origin}
            error={bad === 'serverAddress' ? t('inspector.settings.address') : null}
            {...field('serverAddress')}
          />
          <TextInput label={t('inspector.settings.pullInterval')} {...number('pullIntervalMs')} />
          <TextInput label={t('inspector.settings.pullBatch')} {...number('pullBatch')} />
          <TextInput label={t('inspector.settings.pushBatch')} {...number('pushBatch')} />
          <TextInput label={t('inspector.settings.timeout')} {...number('requestTimeoutMs')} />
          <TextInput
            label={t('inspector.settings.digest')}
            description={t('inspector.settings.digestHint')}
            {...number('digestIntervalMs')}
          />
          <TextInput label={t('inspector.settings.idle')} {...number('idleAfterMs')} />
          <TextInput
            label={t('inspector.settings.peak')}
            description={t('inspector.settings.peakHint')}
            placeholder="11-14"
            error={bad === 'peakHours' ? t('inspector.settings.hours') : null}
            {...field('peakHours')}
          />
          <TextInput
            label={t('inspector.settings.night')}
            description={t('inspector.settings.nightHint')}
            placeholder="2-5"
            error={bad === 'nightHours' ? t('inspector.settings.hours') : null}
            {...field('nightHours')}
          />
          <TextInput
            label={t('inspector.settings.window')}
            description={t('inspector.settings.windowHint')}
            inputMode="numeric"
            error={bad === 'branchWindowDays' ? t('inspector.settings.range', WINDOW_BOUNDS) : null}
            {...field('branchWindowDays')}
          />
          <TextInput label={t('inspector.settings.waitingMax')} {...number('waitingMax')} />
          <TextInput label={t('inspector.settings.staleAfter')} {...number('staleAfterMs')} />
          <TextInput label={t('inspector.settings.offlineAfter')} {...number('offlineAfterMs')} />
          <Switch
            size="md"
            label={t('inspector.settings.live')}
            description={t('inspector.settings.liveHint')}
            checked={form.live}
            onChange={(event) => setForm({ ...form, live: event.currentTarget.checked })}
          />
          <Button type="submit" data-testid="save-settings">
            {t('shell.save')}
          </Button>
        </Stack>
      </form>
    </Panel>
  );
}

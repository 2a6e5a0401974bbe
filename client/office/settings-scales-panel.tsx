import { Button, Checkbox, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SettingsDoc } from '../../schema/company.ts';
import { changedFields } from './changed-fields.ts';
import { readScales, type ScaleFault, type ScaleForm, scaleForm } from './scale-form.ts';
import { SettingsForm } from './settings-form.tsx';
import styles from './settings-screen.module.css';

/** Rules that a shop may have (schema/company.ts): one for each prefix from 20 to 29. */
const RULES_MAX = 10;
const FRESH: ScaleForm = {
  prefix: '2',
  kind: 'weight',
  itemDigits: '5',
  valueDigits: '5',
  scale: '1',
  ownDigit: false,
};

/** How this shop's scales fill their barcodes. */
export function SettingsScalesPanel({ settings }: { settings: SettingsDoc }) {
  const { t } = useTranslation();
  const [rows, setRows] = useState<readonly ScaleForm[]>(() => (settings.scaleBarcodes ?? []).map(scaleForm));
  const [bad, setBad] = useState<ScaleFault | null>(null);
  const read = () => {
    const rules = readScales(rows);
    setBad('field' in rules ? rules : null);
    if ('field' in rules) return { bad: rules.field };
    const scaleBarcodes = rules.length === 0 ? undefined : rules;
    return { changes: [[settings.id, changedFields(settings, { scaleBarcodes })] as const] };
  };
  return (
    <SettingsForm title={t('manage.settings.scales')} testId="settings-scales" read={read} onBad={() => undefined}>
      <p className={styles.soft}>{t('manage.settings.scalesHint')}</p>
      {rows.map((row, place) => (
        <ScaleRow
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no names of their own.
          key={place}
          row={row}
          bad={bad?.row === place ? bad.field : null}
          onChange={(part) => setRows(rows.with(place, { ...row, ...part }))}
          onRemove={() => setRows(rows.filter((_, other) => other !== place))}
        />
      ))}
      <Button
        variant="default"
        leftSection={<IconPlus size={18} aria-hidden="true" />}
        disabled={rows.length >= RULES_MAX}
        onClick={() => setRows([...rows, FRESH])}
      >
        {t('manage.settings.addScale')}
      </Button>
    </SettingsForm>
  );
}

interface ScaleRowProps {
  readonly row: ScaleForm;
  readonly bad: ScaleFault['field'] | null;
  readonly onChange: (part: Partial<ScaleForm>) => void;
  readonly onRemove: () => void;
}

function ScaleRow({ row, bad, onChange, onRemove }: ScaleRowProps) {
  const { t } = useTranslation();
  const input = (field: 'prefix' | 'itemDigits' | 'valueDigits' | 'scale', error: string | null) => ({
    value: row[field],
    onChange: (event: { currentTarget: { value: string } }) => onChange({ [field]: event.currentTarget.value }),
    inputMode: 'numeric' as const,
    error,
    autoComplete: 'off',
  });
  const digits = bad === 'digits' ? t('manage.settings.bad.digits') : null;
  return (
    <Stack gap="xs" className={styles.part ?? ''} data-testid="scale-rule">
      <Group grow align="flex-start">
        <TextInput
          label={t('manage.settings.prefix')}
          {...input('prefix', bad === 'prefix' ? t('manage.settings.bad.prefix') : null)}
        />
        <NativeSelect
          label={t('manage.settings.kind')}
          data={(['weight', 'price'] as const).map((value) => ({ value, label: t(`manage.settings.kinds.${value}`) }))}
          value={row.kind}
          onChange={(event) => onChange({ kind: event.currentTarget.value as ScaleForm['kind'] })}
        />
      </Group>
      <Group grow align="flex-start">
        <TextInput label={t('manage.settings.itemDigits')} {...input('itemDigits', digits)} />
        <TextInput label={t('manage.settings.valueDigits')} {...input('valueDigits', digits)} />
        <TextInput
          label={t('manage.settings.scale')}
          {...input('scale', bad === 'number' ? t('manage.settings.bad.number') : null)}
        />
      </Group>
      <Group justify="space-between">
        <Checkbox
          label={t('manage.settings.ownDigit')}
          checked={row.ownDigit}
          onChange={(event) => onChange({ ownDigit: event.currentTarget.checked })}
        />
        <Button variant="subtle" color="gray" onClick={onRemove} aria-label={`${t('manage.remove')}: ${row.prefix}`}>
          {t('manage.remove')}
        </Button>
      </Group>
    </Stack>
  );
}

import { Button, Checkbox, Group, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TaxDoc } from '../../schema/company.ts';
import { useDevice } from '../app/contexts.ts';
import { Panel } from '../ui/panel.tsx';
import { contentKey } from './content-key.ts';
import { SettingsForm } from './settings-form.tsx';
import styles from './settings-screen.module.css';
import { basisPointsOf, type TaxField, taxForm, taxPatch } from './tax-form.ts';
import { usePromotionWords } from './use-promotion-words.ts';

/** The shop's taxes, each a form of its own, and a new one. */
export function SettingsTaxesPanel({ taxes }: { taxes: readonly TaxDoc[] }) {
  const { t } = useTranslation();
  const { masterData } = useDevice();
  const [fresh, setFresh] = useState<string | null>(null);
  const made = taxes.some(({ tax }) => tax.id === fresh);
  return (
    <>
      {taxes.map((doc) => (
        <TaxPart key={contentKey(doc)} doc={doc} id={doc.tax.id} />
      ))}
      {fresh !== null && !made && <TaxPart key={fresh} doc={undefined} id={fresh} />}
      {(fresh === null || made) && (
        <Panel title={t('manage.settings.taxes')}>
          <Button
            variant="default"
            leftSection={<IconPlus size={18} aria-hidden="true" />}
            onClick={() => setFresh(masterData.newId())}
            data-testid="tax-add"
          >
            {t('manage.settings.addTax')}
          </Button>
        </Panel>
      )}
    </>
  );
}

function TaxPart({ doc, id }: { doc: TaxDoc | undefined; id: string }) {
  const { t } = useTranslation();
  const words = usePromotionWords();
  const textOf = useTaxText();
  const [form, setForm] = useState(() => taxForm(doc, words));
  const [bad, setBad] = useState<TaxField | null>(null);
  const read = () => {
    const patch = taxPatch(doc, id, form, words);
    if ('bad' in patch) return { bad: patch.bad as TaxField };
    return { changes: [[`tax:${id}`, patch] as const] };
  };
  const input = (field: 'name' | 'rate' | 'nextRate' | 'nextFrom', error: string | null) => ({
    value: form[field],
    onChange: (event: { currentTarget: { value: string } }) => setForm({ ...form, [field]: event.currentTarget.value }),
    error,
    autoComplete: 'off',
    'data-testid': `tax-${field}`,
  });
  const title = doc ? `${t('manage.audit.kind.tax')}: ${doc.tax.name}` : t('manage.settings.addTax');
  return (
    <SettingsForm title={title} testId="settings-tax" read={read} onBad={setBad}>
      {doc && <p className={styles.soft}>{textOf(doc)}</p>}
      <Group grow align="flex-start">
        <TextInput
          label={t('manage.settings.taxName')}
          {...input('name', bad === 'name' ? t('manage.settings.bad.name') : null)}
        />
        <TextInput
          label={t('manage.settings.taxRate')}
          inputMode="decimal"
          {...input('rate', bad === 'rate' ? t('manage.settings.bad.rate') : null)}
        />
      </Group>
      <Checkbox
        label={t('manage.settings.inclusive')}
        checked={form.inclusive}
        onChange={(event) => setForm({ ...form, inclusive: event.currentTarget.checked })}
      />
      <p className={styles.soft}>{t('manage.settings.nextHint')}</p>
      <Group grow align="flex-start">
        <TextInput label={t('manage.settings.nextRate')} inputMode="decimal" {...input('nextRate', null)} />
        <TextInput
          type="date"
          label={t('manage.settings.nextFrom')}
          {...input('nextFrom', bad === 'nextFrom' ? t('manage.settings.bad.date') : null)}
        />
      </Group>
    </SettingsForm>
  );
}

function useTaxText(): (doc: TaxDoc) => string {
  const { t } = useTranslation();
  const words = usePromotionWords();
  return ({ tax, next }) => {
    const rate = words.percent(basisPointsOf(tax.rate));
    const now = t(tax.inclusive ? 'manage.settings.taxNow' : 'manage.settings.taxOnTop', { rate });
    if (next === undefined) return now;
    const later = { rate: words.percent(basisPointsOf(next.rate)), date: words.day(next.from) };
    return `${now}; ${t('manage.settings.taxFrom', later)}`;
  };
}

import { Group, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type BranchDoc, branchDocShape, type SettingsDoc, settingsDocShape } from '../../schema/company.ts';
import { currencyShape } from '../../schema/money.ts';
import { useDevice } from '../app/contexts.ts';
import { useLive } from '../app/use-live.ts';
import { useLoaded } from '../app/use-loaded.ts';
import { changedFields } from './changed-fields.ts';
import { SettingsForm, type SettingsWish } from './settings-form.tsx';
import { LINES_MAX, readLines } from './settings-numbers.ts';

type Field = 'name' | 'branchName' | 'address' | 'phone' | 'header' | 'footer' | 'code' | 'digits';
type Form = Readonly<Record<Field, string>>;

/** The shop's and the branch's names, what receipts say, and the currency. */
export function SettingsShopPanel({ settings, branch }: { settings: SettingsDoc; branch: BranchDoc }) {
  const { t } = useTranslation();
  const [form, setForm] = useState<Form>(() => formOf(settings, branch));
  const [bad, setBad] = useState<Field | null>(null);
  const { office } = useDevice();
  // As far as is known here; the server has the last word.
  const hasSold = (useLoaded(() => office.sales(1), useLive(office.version)) ?? []).length > 0;
  const input = (field: Field, error: string) => ({
    value: form[field],
    onChange: (event: { currentTarget: { value: string } }) => setForm({ ...form, [field]: event.currentTarget.value }),
    error: bad === field ? error : null,
    autoComplete: 'off',
    'data-testid': `shop-${field}`,
  });
  const lines = (field: Field) => ({
    ...input(field, t('manage.settings.bad.lines')),
    description: t('manage.settings.linesHint', { left: Math.max(0, LINES_MAX - form[field].split('\n').length) }),
    autosize: true,
    minRows: 2,
  });
  return (
    <SettingsForm
      title={t('manage.settings.shop')}
      testId="settings-shop"
      read={() => read(form, settings, branch)}
      onBad={setBad}
    >
      <TextInput label={t('manage.settings.shopName')} {...input('name', t('manage.settings.bad.name'))} />
      <TextInput label={t('manage.settings.branchName')} {...input('branchName', t('manage.settings.bad.name'))} />
      <Textarea label={t('manage.settings.address')} {...lines('address')} />
      <TextInput label={t('manage.settings.phone')} {...input('phone', t('manage.settings.bad.phone'))} />
      <Textarea label={t('manage.settings.header')} {...lines('header')} />
      <Textarea label={t('manage.settings.footer')} {...lines('footer')} />
      <Group grow align="flex-start">
        <TextInput
          label={t('manage.settings.currency')}
          description={t(hasSold ? 'manage.settings.currencyFixed' : 'manage.settings.currencyHint')}
          readOnly={hasSold}
          {...input('code', t('manage.settings.bad.currency'))}
        />
        <TextInput
          label={t('manage.settings.currencyDigits')}
          description={t('manage.settings.currencyDigitsHint')}
          inputMode="numeric"
          readOnly={hasSold}
          {...input('digits', t('manage.settings.bad.currency'))}
        />
      </Group>
    </SettingsForm>
  );
}

function formOf(settings: SettingsDoc, branch: BranchDoc): Form {
  const text = (lines: readonly string[] | undefined) => (lines ?? []).join('\n');
  return {
    name: settings.name,
    branchName: branch.name,
    address: text(branch.address),
    phone: branch.phone ?? '',
    header: text(settings.receiptHeader),
    footer: text(settings.receiptFooter),
    code: settings.currency.code,
    digits: String(settings.currency.digits),
  };
}

function read(form: Form, settings: SettingsDoc, branch: BranchDoc): SettingsWish<Field> {
  const [address, header, footer] = [readLines(form.address), readLines(form.header), readLines(form.footer)];
  const currency = currencyShape.safeParse({ code: form.code.trim().toUpperCase(), digits: Number(form.digits) });
  const phone = form.phone.trim();
  if (!settingsDocShape.shape.name.safeParse(form.name.trim()).success) return { bad: 'name' };
  if (!branchDocShape.shape.name.safeParse(form.branchName.trim()).success) return { bad: 'branchName' };
  if (address === null) return { bad: 'address' };
  if (!branchDocShape.shape.phone.safeParse(phone).success) return { bad: 'phone' };
  if (header === null) return { bad: 'header' };
  if (footer === null) return { bad: 'footer' };
  if (!currency.success) return { bad: form.digits.trim() === '' ? 'digits' : 'code' };
  const lines = (list: string[]) => (list.length === 0 ? undefined : list);
  const ofShop = { name: form.name.trim(), receiptHeader: lines(header), receiptFooter: lines(footer) };
  const ofBranch = { name: form.branchName.trim(), address: lines(address), phone: phone || undefined };
  return {
    changes: [
      [settings.id, changedFields(settings, { ...ofShop, currency: currency.data })],
      [branch.id, changedFields(branch, ofBranch)],
    ],
  };
}

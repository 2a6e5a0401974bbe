import { Checkbox, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SettingsDoc } from '../../schema/company.ts';
import { DISCOUNT_MAX_BASIS_POINTS, PERSON_ACTIONS, PERSON_RIGHTS, personActionShape } from '../../schema/roles.ts';
import { useFormat } from '../app/use-format.ts';
import { editablePercent, parsePercent } from '../ui/percent.ts';
import { changedFields, unlessUsual } from './changed-fields.ts';
import { SettingsForm, type SettingsWish } from './settings-form.tsx';
import { readWhole, wholeText } from './settings-numbers.ts';

type Field = 'percent' | 'limit' | 'lock';

const MINUTE_MS = 60_000;
/** Where the setting is left out (schema/company.ts). */
const LOCK_AFTER_MS = 5 * MINUTE_MS;
const LOCK_MAX_MS = 24 * 60 * MINUTE_MS;

/** In the order of the table, so that the same choice is the same list. */
const usualRights = PERSON_ACTIONS.filter((action) => PERSON_RIGHTS.cashier.includes(action));

/** What cashiers may do alone, and the bounds of it. */
export function SettingsRolesPanel({ settings }: { settings: SettingsDoc }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { language } = format;
  const [may, setMay] = useState<readonly string[]>(settings.cashierMay ?? PERSON_RIGHTS.cashier);
  const [form, setForm] = useState(() => ({
    percent: editablePercent(settings.discountMaxBasisPoints ?? DISCOUNT_MAX_BASIS_POINTS, language),
    limit: settings.creditLimit === undefined ? '' : format.editable(settings.creditLimit),
    lock: wholeText(settings.lockAfterMs ?? LOCK_AFTER_MS, MINUTE_MS),
  }));
  const [bad, setBad] = useState<Field | null>(null);
  const read = (): SettingsWish<Field> => {
    const percent = parsePercent(form.percent, language);
    const limit = form.limit.trim() === '' ? undefined : format.parseMoney(form.limit);
    const lockAfterMs = readWhole(form.lock, { unit: MINUTE_MS, min: 0, max: LOCK_MAX_MS });
    if (percent === null || percent < 0 || percent > 10_000) return { bad: 'percent' };
    if (limit === null || (limit ?? 0) < 0) return { bad: 'limit' };
    if (lockAfterMs === null) return { bad: 'lock' };
    const cashierMay = PERSON_ACTIONS.filter((action) => may.includes(action));
    const fields = {
      cashierMay: unlessUsual(cashierMay, settings.cashierMay, usualRights),
      discountMaxBasisPoints: unlessUsual(percent, settings.discountMaxBasisPoints, DISCOUNT_MAX_BASIS_POINTS),
      creditLimit: limit,
      lockAfterMs: unlessUsual(lockAfterMs, settings.lockAfterMs, LOCK_AFTER_MS),
    };
    return { changes: [[settings.id, changedFields(settings, fields)]] };
  };
  const input = (field: Field, error: string) => ({
    value: form[field],
    onChange: (event: { currentTarget: { value: string } }) => setForm({ ...form, [field]: event.currentTarget.value }),
    error: bad === field ? error : null,
    autoComplete: 'off',
    'data-testid': `roles-${field}`,
  });
  return (
    <SettingsForm title={t('manage.settings.roles')} testId="settings-roles" read={read} onBad={setBad}>
      <Checkbox.Group
        value={[...may]}
        onChange={setMay}
        aria-label={t('manage.settings.roles')}
        description={t('manage.settings.rolesHint')}
      >
        <Stack gap={6} mt={6}>
          {personActionShape.options.map((action) => (
            <Checkbox
              key={action}
              value={action}
              label={t(`people.allow.action.${action}`)}
              data-testid={`may-${action}`}
            />
          ))}
        </Stack>
      </Checkbox.Group>
      <TextInput
        label={t('manage.settings.discountMax')}
        inputMode="decimal"
        {...input('percent', t('manage.settings.bad.percent'))}
      />
      <TextInput
        label={`${t('manage.settings.limit')} (${format.currency.code})`}
        description={t('manage.settings.limitHint')}
        inputMode="decimal"
        {...input('limit', t('manage.settings.bad.amount'))}
      />
      <TextInput
        label={t('manage.settings.lock')}
        description={t('manage.settings.lockHint')}
        inputMode="numeric"
        {...input('lock', t('manage.settings.bad.minutes'))}
      />
    </SettingsForm>
  );
}

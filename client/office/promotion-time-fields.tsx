import { Checkbox, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDevice } from '../app/contexts.ts';
import { useLanguage } from '../app/use-format.ts';
import { useLive } from '../app/use-live.ts';
import { weekdayName } from '../ui/format-day.ts';
import { knownGroups, MEMBER_GROUP } from './known-groups.ts';
import type { PromotionFieldsProps } from './promotion-rule-fields.tsx';

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const;
const OTHER = '+';

/** For whom a promotion is, and when. */
export function PromotionTimeFields(props: PromotionFieldsProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { form, change, bad, disabled } = props;
  const input = (field: 'from' | 'to' | 'hoursFrom' | 'hoursTo', fault: 'from' | 'to' | 'hours') => ({
    value: form[field],
    onChange: (event: { currentTarget: { value: string } }) => change({ [field]: event.currentTarget.value }),
    error: bad === fault ? t(`manage.promotions.bad.${fault}`) : null,
    disabled,
    'data-testid': `promotion-${field}`,
  });
  return (
    <Stack gap="sm">
      <GroupField {...props} />
      <Group grow align="flex-start">
        <TextInput type="date" label={t('manage.promotions.from')} {...input('from', 'from')} />
        <TextInput type="date" label={t('manage.promotions.to')} {...input('to', 'to')} />
      </Group>
      <Checkbox.Group
        label={t('manage.promotions.weekdays')}
        value={form.weekdays.map(String)}
        onChange={(days) => change({ weekdays: days.map(Number) })}
        error={bad === 'weekdays' ? t('manage.promotions.bad.weekdays') : null}
      >
        <Group gap="sm" mt={4}>
          {WEEKDAYS.map((day) => (
            <Checkbox key={day} value={String(day)} label={weekdayName(day, language)} disabled={disabled} />
          ))}
        </Group>
      </Checkbox.Group>
      <fieldset style={{ border: 0, margin: 0, padding: 0 }}>
        <legend>{t('manage.promotions.hours')}</legend>
        <Group grow align="flex-start">
          <TextInput type="time" label={t('manage.promotions.hoursFrom')} {...input('hoursFrom', 'hours')} />
          <TextInput type="time" label={t('manage.promotions.hoursTo')} {...input('hoursTo', 'hours')} />
        </Group>
      </fieldset>
    </Stack>
  );
}

function GroupField({ form, change, bad, disabled }: PromotionFieldsProps) {
  const { t } = useTranslation();
  const { company } = useDevice();
  const known = knownGroups(useLive(company.customers), useLive(company.promotions));
  const [typing, setTyping] = useState(form.group !== '' && !known.includes(form.group));
  const label = (group: string) => (group === MEMBER_GROUP ? t('manage.customers.member') : group);
  return (
    <>
      <NativeSelect
        label={t('manage.promotions.group')}
        data={[
          { value: '', label: t('manage.promotions.everybody') },
          ...known.map((value) => ({ value, label: label(value) })),
          { value: OTHER, label: t('manage.promotions.newGroup') },
        ]}
        value={typing ? OTHER : form.group}
        disabled={disabled}
        onChange={({ currentTarget: { value } }) => {
          setTyping(value === OTHER);
          change({ group: value === OTHER ? '' : value });
        }}
        data-testid="promotion-group"
      />
      {typing && (
        <TextInput
          label={t('manage.promotions.newGroup')}
          description={t('manage.promotions.groupHint')}
          value={form.group}
          error={bad === 'group' ? t('manage.promotions.bad.group') : null}
          onChange={(event) => change({ group: event.currentTarget.value })}
          autoComplete="off"
        />
      )}
    </>
  );
}

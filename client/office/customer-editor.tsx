import { Button, NativeSelect, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { CustomerDoc } from '../../schema/company.ts';
import { useDevice } from '../app/contexts.ts';
import { useSay } from '../app/messages.tsx';
import { useFormat } from '../app/use-format.ts';
import { useLive } from '../app/use-live.ts';
import { type CustomerField, customerForm, customerPatch } from './customer-form.ts';
import { knownGroups, MEMBER_GROUP } from './known-groups.ts';
import { useEditCompany } from './use-edit-company.ts';

interface CustomerEditorProps {
  /** Undefined for somebody new. */
  readonly customer: CustomerDoc | undefined;
  readonly mayEdit: boolean;
  readonly onMade: (docId: string) => void;
}

/** Name, phone, group and limit of one customer; only what was changed becomes an edit. */
export function CustomerEditor({ customer, mayEdit, onMade }: CustomerEditorProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { form, bad, input, submit } = useCustomerForm(customer, onMade);
  const groups = useGroups(form.group);
  return (
    <form onSubmit={submit} noValidate data-testid="customer-editor">
      <Stack gap="sm">
        <TextInput
          label={t('manage.customers.name')}
          {...input('name', t('manage.customers.badName'))}
          disabled={!mayEdit}
        />
        <TextInput
          label={t('manage.customers.phone')}
          inputMode="tel"
          {...input('phone', t('manage.customers.badPhone'))}
          disabled={!mayEdit}
        />
        <NativeSelect
          label={t('manage.customers.group')}
          data={groups}
          {...input('group', '')}
          error={null}
          disabled={!mayEdit}
        />
        <TextInput
          label={`${t('manage.customers.limit')} (${format.currency.code})`}
          description={t('manage.customers.limitHint')}
          inputMode="decimal"
          {...input('limit', t('manage.customers.badLimit'))}
          disabled={!mayEdit}
        />
        <Button type="submit" size="md" disabled={!mayEdit} aria-invalid={bad !== null} data-testid="customer-save">
          {t('manage.save')}
        </Button>
        {customer && <SwitchOff customer={customer} mayEdit={mayEdit} />}
        {customer && <Link href="/credit">{t('manage.customers.openAccount')}</Link>}
      </Stack>
    </form>
  );
}

function useCustomerForm(customer: CustomerDoc | undefined, onMade: (docId: string) => void) {
  const { t } = useTranslation();
  const format = useFormat();
  const say = useSay();
  const { masterData } = useDevice();
  const edit = useEditCompany();
  const [form, setForm] = useState(() => customerForm(customer, format.editable));
  const [bad, setBad] = useState<CustomerField | null>(null);
  const save = async () => {
    const patch = customerPatch(customer, form, format.parseMoney);
    setBad('bad' in patch ? (patch.bad as CustomerField) : null);
    if ('bad' in patch) return;
    if (Object.keys(patch).length === 0) return say({ tone: 'info', text: t('office.products.unchanged') });
    const docId = customer?.id ?? `customer:${masterData.newId()}`;
    const said = customer ? t('manage.saved') : t('manage.customers.added', { name: form.name.trim() });
    if ((await edit(docId, patch, said)) && !customer) onMade(docId);
  };
  const input = (field: CustomerField, error: string) => ({
    value: form[field],
    onChange: (event: { currentTarget: { value: string } }) => setForm({ ...form, [field]: event.currentTarget.value }),
    error: bad === field ? error : null,
    autoComplete: 'off',
    'data-testid': `customer-${field}`,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void save();
  };
  return { form, bad, input, submit };
}

function useGroups(present: string) {
  const { t } = useTranslation();
  const { company } = useDevice();
  const known = knownGroups(useLive(company.customers), useLive(company.promotions));
  const groups = present === '' || known.includes(present) ? known : [...known, present];
  const label = (group: string) => (group === MEMBER_GROUP ? t('manage.customers.member') : group);
  return [
    { value: '', label: t('manage.customers.noGroup') },
    ...groups.map((value) => ({ value, label: label(value) })),
  ];
}

function SwitchOff({ customer, mayEdit }: { customer: CustomerDoc; mayEdit: boolean }) {
  const { t } = useTranslation();
  const edit = useEditCompany();
  const { id, name, active } = customer;
  const said = active ? t('manage.customers.offNow', { name }) : t('manage.saved');
  return (
    <Button
      variant="default"
      size="md"
      disabled={!mayEdit}
      title={active ? t('manage.customers.offHelp') : undefined}
      onClick={() => void edit(id, { active: !active }, said)}
      data-testid="customer-switch"
    >
      {active ? t('manage.switchOff') : t('manage.switchOn')}
    </Button>
  );
}

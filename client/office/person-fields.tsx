import { NativeSelect, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type PersonRole, personRoleShape } from '../../schema/roles.ts';

/** What a person is called and may do. */
export interface PersonForm {
  readonly name: string;
  readonly role: PersonRole;
}

interface PersonFieldsProps {
  readonly form: PersonForm;
  readonly onChange: (form: PersonForm) => void;
  readonly error?: string | null;
  readonly disabled?: boolean;
  /** Of the fields, e.g. `person` for `person-name`. */
  readonly testId: string;
}

/** Name and role of a person, new or known. */
export function PersonFields({ form, onChange, error = null, disabled = false, testId }: PersonFieldsProps) {
  const { t } = useTranslation();
  return (
    <>
      <TextInput
        label={t('people.screen.name')}
        value={form.name}
        onChange={(event) => onChange({ ...form, name: event.currentTarget.value })}
        maxLength={80}
        autoComplete="off"
        error={error}
        disabled={disabled}
        data-testid={`${testId}-name`}
      />
      <NativeSelect
        label={t('people.screen.role')}
        value={form.role}
        onChange={(event) => onChange({ ...form, role: personRoleShape.parse(event.currentTarget.value) })}
        data={personRoleShape.options.map((value) => ({ value, label: t(`shell.person.role_${value}`) }))}
        disabled={disabled}
        data-testid={`${testId}-role`}
      />
    </>
  );
}

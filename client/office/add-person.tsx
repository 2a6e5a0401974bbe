import { Button, NativeSelect, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type PersonRole, personRoleShape } from '../../schema/roles.ts';
import { useDevice } from '../app/contexts.ts';
import { useSay } from '../app/messages.tsx';
import { PersonProof } from '../app/person-proof.tsx';
import { useLive } from '../app/use-live.ts';

/** A new person: name and role, then the PIN of whoever adds them. */
export function AddPerson() {
  const { t } = useTranslation();
  const say = useSay();
  const { people, company } = useDevice();
  const asker = useLive(people.all).filter((one) => one.person === company.person.get()?.person);
  const [name, setName] = useState('');
  const [role, setRole] = useState<PersonRole>('cashier');
  const [asking, setAsking] = useState(false);
  const [nameless, setNameless] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setNameless(name.trim() === '');
    setAsking(name.trim() !== '');
  };
  const add = async (by: Parameters<typeof people.addPersonNow>[0]['by'], byPin: string | null) => {
    const done = await people.addPersonNow({ by, byPin, name: name.trim(), role });
    if (!done.ok) return done;
    say({ tone: 'info', text: t('people.screen.added', { name: name.trim() }) });
    setName('');
    setAsking(false);
    return done;
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <TextInput
          label={t('people.screen.name')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          maxLength={80}
          autoComplete="off"
          error={nameless ? t('people.screen.nameless') : null}
          data-testid="person-name"
        />
        <NativeSelect
          label={t('people.screen.role')}
          value={role}
          onChange={(event) => setRole(personRoleShape.parse(event.currentTarget.value))}
          data={personRoleShape.options.map((value) => ({ value, label: t(`shell.person.role_${value}`) }))}
        />
        {asking ? (
          <PersonProof people={asker} testId="add-proof" onProve={add} />
        ) : (
          <Button type="submit" size="lg" data-testid="add-person">
            {t('people.screen.add')}
          </Button>
        )}
      </Stack>
    </form>
  );
}

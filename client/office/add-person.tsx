import { Button, Stack } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDevice } from '../app/contexts.ts';
import { useSay } from '../app/messages.tsx';
import { PersonProof } from '../app/person-proof.tsx';
import { useLive } from '../app/use-live.ts';
import { PersonFields, type PersonForm } from './person-fields.tsx';

/** A new person: name and role, then the PIN of whoever adds them. */
export function AddPerson() {
  const { t } = useTranslation();
  const say = useSay();
  const { people, company } = useDevice();
  const asker = useLive(people.all).filter((one) => one.person === company.person.get()?.person);
  const [form, setForm] = useState<PersonForm>({ name: '', role: 'cashier' });
  const name = form.name.trim();
  const [asking, setAsking] = useState(false);
  const [nameless, setNameless] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setNameless(name === '');
    setAsking(name !== '');
  };
  const add = async (by: Parameters<typeof people.addPersonNow>[0]['by'], byPin: string | null) => {
    const done = await people.addPersonNow({ by, byPin, name, role: form.role });
    if (!done.ok) return done;
    say({ tone: 'info', text: t('people.screen.added', { name }) });
    setForm({ ...form, name: '' });
    setAsking(false);
    return done;
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <PersonFields
          form={form}
          onChange={setForm}
          error={nameless ? t('people.screen.nameless') : null}
          testId="person"
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

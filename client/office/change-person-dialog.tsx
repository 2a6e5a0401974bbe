import { Button, Modal, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PersonId } from '../../schema/ids.ts';
import { useDevice } from '../app/contexts.ts';
import { isKey } from '../app/keys.ts';
import { useSay } from '../app/messages.tsx';
import { PersonProof } from '../app/person-proof.tsx';
import { useLive } from '../app/use-live.ts';
import { PersonFields, type PersonForm } from './person-fields.tsx';

/** Another name or role for a person, with the PIN of whoever changes it. */
export function ChangePersonDialog({ person, onClose }: { person: PersonId; onClose: () => void }) {
  const { t } = useTranslation();
  const say = useSay();
  const { people, company } = useDevice();
  const all = useLive(people.all);
  const whose = all.find((one) => one.person === person);
  const [form, setForm] = useState<PersonForm>({ name: whose?.name ?? '', role: whose?.role ?? 'cashier' });
  const name = form.name.trim();
  const [asking, setAsking] = useState(false);
  if (!whose) return null;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('manage.people.title', { name: whose.name })}
      closeButtonProps={{ 'aria-label': t('shell.cancel') }}
      onKeyDown={(event) => isKey('close', event) && onClose()}
    >
      <Stack gap="sm">
        <PersonFields form={form} onChange={setForm} disabled={asking} testId="change" />
        {!asking && (
          <Button disabled={name === ''} onClick={() => setAsking(true)} data-testid="change-next">
            {t('manage.save')}
          </Button>
        )}
        {asking && (
          <PersonProof
            people={all.filter((one) => one.person === company.person.get()?.person)}
            testId="change-proof"
            onProve={async (by, byPin) => {
              const done = await people.putPersonNow({ by, byPin, person, name, role: form.role, active: true });
              if (!done.ok) return done;
              say({ tone: 'info', text: t('manage.people.changed', { name }) });
              onClose();
              return done;
            }}
          />
        )}
      </Stack>
    </Modal>
  );
}

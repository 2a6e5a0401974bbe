import { Button, Modal, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PersonId } from '../../schema/ids.ts';
import { type PersonRole, personRoleShape } from '../../schema/roles.ts';
import { useDevice } from '../app/contexts.ts';
import { isKey } from '../app/keys.ts';
import { useSay } from '../app/messages.tsx';
import { PersonProof } from '../app/person-proof.tsx';
import { useLive } from '../app/use-live.ts';

/** Another name or role for a person, with the PIN of whoever changes it. */
export function ChangePersonDialog({ person, onClose }: { person: PersonId; onClose: () => void }) {
  const { t } = useTranslation();
  const say = useSay();
  const { people, company } = useDevice();
  const all = useLive(people.all);
  const whose = all.find((one) => one.person === person);
  const [name, setName] = useState(whose?.name ?? '');
  const [role, setRole] = useState<PersonRole>(whose?.role ?? 'cashier');
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
        <TextInput
          label={t('people.screen.name')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          maxLength={80}
          autoComplete="off"
          disabled={asking}
          data-testid="change-name"
        />
        <NativeSelect
          label={t('people.screen.role')}
          value={role}
          onChange={(event) => setRole(personRoleShape.parse(event.currentTarget.value))}
          data={personRoleShape.options.map((value) => ({ value, label: t(`shell.person.role_${value}`) }))}
          disabled={asking}
          data-testid="change-role"
        />
        {!asking && (
          <Button disabled={name.trim() === ''} onClick={() => setAsking(true)} data-testid="change-next">
            {t('manage.save')}
          </Button>
        )}
        {asking && (
          <PersonProof
            people={all.filter((one) => one.person === company.person.get()?.person)}
            testId="change-proof"
            onProve={async (by, byPin) => {
              const done = await people.putPersonNow({ by, byPin, person, name: name.trim(), role, active: true });
              if (!done.ok) return done;
              say({ tone: 'info', text: t('manage.people.changed', { name: name.trim() }) });
              onClose();
              return done;
            }}
          />
        )}
      </Stack>
    </Modal>
  );
}

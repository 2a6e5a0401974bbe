import { Button, Modal, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useDevice } from './contexts.ts';
import { useLive } from './use-live.ts';

/** Asks once who is here: every entry names a person. Stays away until people have been pulled. */
export function PersonAsk() {
  const { t } = useTranslation();
  const { company, active } = useDevice();
  const people = useLive(company.people).filter((person) => person.active);
  const person = useLive(company.person);
  const mayWrite = useLive(active);
  return (
    <Modal
      opened={mayWrite && person === undefined && people.length > 0}
      onClose={() => {}}
      withCloseButton={false}
      title={t('shell.person.choose')}
    >
      <Stack gap="xs" data-testid="person-ask">
        {people.map((one) => (
          <Button
            key={one.person}
            variant="default"
            size="lg"
            justify="space-between"
            onClick={() => void company.choosePerson(one.person)}
            rightSection={t(`shell.person.role_${one.role}`)}
          >
            {one.name}
          </Button>
        ))}
      </Stack>
    </Modal>
  );
}

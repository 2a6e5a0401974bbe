import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PersonId } from '../../schema/ids.ts';
import { must } from '../../schema/result.ts';
import { useDevice } from '../app/contexts.ts';
import { isKey } from '../app/keys.ts';
import { useSay } from '../app/messages.tsx';
import { PersonProof } from '../app/person-proof.tsx';
import { useLive } from '../app/use-live.ts';

/** Takes a person away, with the PIN of whoever does. What they sold stays theirs. */
export function RemovePersonDialog({ person, onClose }: { person: PersonId; onClose: () => void }) {
  const { t } = useTranslation();
  const say = useSay();
  const { people, company } = useDevice();
  const all = useLive(people.all);
  const whose = all.find((one) => one.person === person);
  if (!whose) return null;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('people.screen.removeTitle', { name: whose.name })}
      closeButtonProps={{ 'aria-label': t('shell.cancel') }}
      onKeyDown={(event) => isKey('close', event) && onClose()}
    >
      <p>{t('people.screen.removeText')}</p>
      <PersonProof
        people={all.filter((one) => one.person === company.person.get()?.person)}
        testId="remove-proof"
        onProve={async (by, byPin) => {
          const { name, role } = must(whose, 'a person');
          const done = await people.putPersonNow({ by, byPin, person, name, role, active: false });
          if (!done.ok) return done;
          say({ tone: 'info', text: t('people.screen.removed', { name }) });
          onClose();
          return done;
        }}
      />
    </Modal>
  );
}

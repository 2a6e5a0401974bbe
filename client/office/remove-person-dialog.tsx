import { useTranslation } from 'react-i18next';
import type { PersonId } from '../../schema/ids.ts';
import { useDevice } from '../app/contexts.ts';
import { useSay } from '../app/messages.tsx';
import { useLive } from '../app/use-live.ts';
import { ProofDialog } from './proof-dialog.tsx';

/** Takes a person away, with the PIN of whoever does. What they sold stays theirs. */
export function RemovePersonDialog({ person, onClose }: { person: PersonId; onClose: () => void }) {
  const { t } = useTranslation();
  const say = useSay();
  const { people } = useDevice();
  const whose = useLive(people.all).find((one) => one.person === person);
  if (!whose) return null;
  const { name, role } = whose;
  return (
    <ProofDialog
      title={t('people.screen.removeTitle', { name })}
      onClose={onClose}
      testId="remove-proof"
      onProve={async (by, byPin) => {
        const done = await people.putPersonNow({ by, byPin, person, name, role, active: false });
        if (!done.ok) return done;
        say({ tone: 'info', text: t('people.screen.removed', { name }) });
        onClose();
        return done;
      }}
    >
      <p>{t('people.screen.removeText')}</p>
    </ProofDialog>
  );
}

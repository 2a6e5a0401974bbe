import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PersonId } from '../../schema/ids.ts';
import { mayPerson } from '../../schema/roles.ts';
import styles from './allow-provider.module.css';
import { useDevice } from './contexts.ts';
import { useSay } from './messages.tsx';
import { PersonProof } from './person-proof.tsx';
import { KEEPS_ESCAPE } from './pin-pad.tsx';
import { useLive } from './use-live.ts';

/** The people of this shop, a PIN, and a manager's help for whoever is locked out. */
export function SignIn({ onDone }: { onDone: () => void }) {
  const { people } = useDevice();
  const all = useLive(people.all);
  const [unlocking, setUnlocking] = useState<PersonId | null>(null);
  if (unlocking !== null) return <Unlock person={unlocking} onDone={() => setUnlocking(null)} />;
  return (
    <PersonProof
      people={all}
      testId="person-ask"
      onProve={async (person, pin) => {
        const done = await people.signIn(person, pin);
        if (done.ok) onDone();
        return done;
      }}
      help={({ person }) => <UnlockButton onClick={() => setUnlocking(person)} />}
    />
  );
}

function UnlockButton({ onClick }: { onClick: () => void }) {
  const { t } = useTranslation();
  return (
    <Button {...KEEPS_ESCAPE} size="lg" onClick={onClick} data-testid="unlock">
      {t('people.unlock')}
    </Button>
  );
}

function Unlock({ person, onDone }: { person: PersonId; onDone: () => void }) {
  const { t } = useTranslation();
  const say = useSay();
  const { people, company } = useDevice();
  const settings = useLive(company.settings);
  const all = useLive(people.all);
  const name = all.find((one) => one.person === person)?.name ?? person;
  return (
    <>
      <p className={styles.subject}>{t('people.lockedOut', { name })}</p>
      <PersonProof
        people={all.filter(({ role }) => mayPerson(role, 'unlock', settings))}
        testId="unlocker"
        onProve={async (approver, pin) => {
          const done = await people.unlock(person, approver, pin);
          if (done.ok) say({ tone: 'info', text: t('people.unlocked', { name }) });
          if (done.ok) onDone();
          return done;
        }}
      />
      <Button {...KEEPS_ESCAPE} variant="subtle" size="md" onClick={onDone}>
        {t('shell.cancel')}
      </Button>
    </>
  );
}

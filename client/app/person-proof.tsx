import { Button, Stack } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PersonId } from '../../schema/ids.ts';
import type { Result } from '../../schema/result.ts';
import type { OnlineFault, PersonAtDoor, PinFault } from '../device/people.ts';
import styles from './person-proof.module.css';
import { KEEPS_ESCAPE, PinPad } from './pin-pad.tsx';
import { usePinText } from './use-pin-text.ts';

type Proven = Result<unknown, PinFault | OnlineFault>;

interface PersonProofProps {
  /** Who can be chosen; one alone is chosen at once. */
  readonly people: readonly PersonAtDoor[];
  /** Called with what a person typed, or null for one without a PIN. A fault is said here. */
  readonly onProve: (person: PersonId, pin: string | null) => Promise<Proven>;
  /** Offers help to a person who is locked out. */
  readonly help?: (person: PersonAtDoor) => ReactNode;
  readonly testId: string;
}

/** Asks who somebody is, and for their PIN. */
export function PersonProof({ people, onProve, help, testId }: PersonProofProps) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<PersonId | null>(null);
  const only = people.length === 1 && people[0]?.hasPin ? people[0].person : null;
  const person = people.find((one) => one.person === (chosen ?? only));
  const { busy, fault, prove, forget } = useProof(onProve);
  const choose = (one: PersonAtDoor) => {
    forget();
    if (one.hasPin) setChosen(one.person);
    else void prove(one.person, null);
  };
  if (!person) return <PersonList people={people} onChoose={choose} fault={fault} testId={testId} />;
  const back = () => {
    forget();
    setChosen(null);
  };
  return (
    <Stack gap="sm" data-testid={testId}>
      <PinPad
        label={t('people.pin', { name: person.name })}
        onPin={(pin) => void prove(person.person, pin)}
        disabled={busy || person.locked || person.waitMs > 0}
      />
      <ProofTrouble person={person} fault={fault} />
      {person.locked && help?.(person)}
      {only === null && (
        <Button {...KEEPS_ESCAPE} variant="subtle" size="md" onClick={back}>
          {t('people.other')}
        </Button>
      )}
    </Stack>
  );
}

function useProof(onProve: PersonProofProps['onProve']) {
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<PinFault | OnlineFault | null>(null);
  const prove = async (person: PersonId, pin: string | null) => {
    setBusy(true);
    setFault(null);
    const proven = await onProve(person, pin);
    setBusy(false);
    if (!proven.ok) setFault(proven.error);
  };
  return { busy, fault, prove, forget: () => setFault(null) };
}

/** What stands in the way and what to do: the wait runs on the screen. */
function ProofTrouble({ person, fault }: { person: PersonAtDoor; fault: PinFault | OnlineFault | null }) {
  const { t } = useTranslation();
  const textOf = usePinText();
  const shown = person.locked ? ({ code: 'locked' } as const) : fault?.code === 'locked' ? null : fault;
  const seconds = Math.ceil(person.waitMs / 1000);
  return (
    <div className={styles.trouble} role="alert" data-testid="pin-fault">
      {shown && shown.code !== 'wait' && <p className={styles.text}>{textOf(shown, person)}</p>}
      {seconds > 0 && <p className={styles.text}>{t('people.wait', { seconds })}</p>}
    </div>
  );
}

interface PersonListProps {
  readonly people: readonly PersonAtDoor[];
  readonly onChoose: (person: PersonAtDoor) => void;
  readonly fault: PinFault | OnlineFault | null;
  readonly testId: string;
}

function PersonList({ people, onChoose, fault, testId }: PersonListProps) {
  const { t } = useTranslation();
  const textOf = usePinText();
  return (
    <>
      <Stack gap="xs" data-testid={testId}>
        {people.map((one) => (
          <Button
            {...KEEPS_ESCAPE}
            key={one.person}
            variant="default"
            size="lg"
            justify="space-between"
            onClick={() => onChoose(one)}
            rightSection={t(`shell.person.role_${one.role}`)}
          >
            {one.name}
          </Button>
        ))}
      </Stack>
      {fault && (
        <p className={styles.text} role="alert">
          {textOf(fault, undefined)}
        </p>
      )}
    </>
  );
}

import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PersonId } from '../../schema/ids.ts';
import { useDevice } from '../app/contexts.ts';
import { SetPinDialog } from '../app/set-pin-dialog.tsx';
import { UnguardedNotice } from '../app/unguarded-notice.tsx';
import { useLive } from '../app/use-live.ts';
import type { PersonAtDoor } from '../device/people.ts';
import { Panel } from '../ui/panel.tsx';
import { AddPerson } from './add-person.tsx';
import { BranchesPanel } from './branches-panel.tsx';
import { ChangePersonDialog } from './change-person-dialog.tsx';
import styles from './devices-screen.module.css';
import { RemovePersonDialog } from './remove-person-dialog.tsx';

/** Who works here, whether they have a PIN, and the ways to add people, set PINs and take people away. */
export default function PeopleScreen() {
  const { t } = useTranslation();
  const { people, company } = useDevice();
  const all = useLive(people.all);
  useLive(company.person);
  const [open, setOpen] = useState<{ readonly what: 'pin' | 'change' | 'remove'; readonly person: PersonId } | null>(
    null,
  );
  const close = () => setOpen(null);
  const mayChange = people.may('people');
  return (
    <div className={styles.root}>
      <h1 className="visually-hidden">{t('people.screen.title')}</h1>
      <UnguardedNotice />
      <Panel title={t('people.screen.title')} flush>
        <ul className={styles.list}>
          {all.map((person) => (
            <PersonRow
              key={person.person}
              person={person}
              mayChange={mayChange}
              onPin={() => setOpen({ what: 'pin', person: person.person })}
              onChange={() => setOpen({ what: 'change', person: person.person })}
              onRemove={() => setOpen({ what: 'remove', person: person.person })}
            />
          ))}
        </ul>
      </Panel>
      <Panel title={t('people.screen.add')}>
        {mayChange ? <AddPerson /> : <p className={styles.soft}>{t('people.screen.managersOnly')}</p>}
      </Panel>
      <BranchesPanel />
      {open?.what === 'pin' && <SetPinDialog person={open.person} onClose={close} />}
      {open?.what === 'change' && <ChangePersonDialog person={open.person} onClose={close} />}
      {open?.what === 'remove' && <RemovePersonDialog person={open.person} onClose={close} />}
    </div>
  );
}

interface PersonRowProps {
  readonly person: PersonAtDoor;
  readonly mayChange: boolean;
  readonly onPin: () => void;
  readonly onChange: () => void;
  readonly onRemove: () => void;
}

function PersonRow({ person, mayChange, onPin, onChange, onRemove }: PersonRowProps) {
  const { t } = useTranslation();
  const { company } = useDevice();
  const isOwn = company.person.get()?.person === person.person;
  return (
    <li className={styles.device} data-testid="person-row" data-person={person.person}>
      <b>{person.name}</b>
      <span>
        {t(`shell.person.role_${person.role}`)}
        {person.hasPin ? '' : ` · ${t('people.noPin')}`}
      </span>
      <span className={styles.acts}>
        <Button
          variant="default"
          size="md"
          disabled={!mayChange && !isOwn}
          onClick={onPin}
          aria-label={`${t('people.setPin')}: ${person.name}`}
          data-testid="person-pin"
        >
          {t('people.setPin')}
        </Button>
        <Button
          variant="default"
          size="md"
          disabled={!mayChange || isOwn}
          onClick={onChange}
          aria-label={`${t('manage.people.change')}: ${person.name}`}
          data-testid="person-change"
        >
          {t('manage.people.change')}
        </Button>
        <Button
          variant="default"
          size="md"
          disabled={!mayChange || isOwn}
          onClick={onRemove}
          aria-label={`${t('people.screen.remove')}: ${person.name}`}
          data-testid="person-remove"
        >
          {t('people.screen.remove')}
        </Button>
      </span>
    </li>
  );
}

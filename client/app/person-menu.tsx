import { Button, Modal, Stack } from '@mantine/core';
import { IconChevronDown, IconLock, IconUser } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './allow-provider.module.css';
import { useDevice } from './contexts.ts';
import { isKey } from './keys.ts';
import { SignIn } from './person-door.tsx';
import menu from './person-menu.module.css';
import { SetPinDialog } from './set-pin-dialog.tsx';
import { useLive } from './use-live.ts';

/** Who is at this device now; a tap shows who else may be, a second one asks for their PIN. */
export function PersonMenu() {
  const { t } = useTranslation();
  const { company, active, people } = useDevice();
  const locked = useLive(people.locked);
  const mayWrite = useLive(active);
  const person = useLive(company.person);
  const [open, setOpen] = useState<'people' | 'pin' | null>(null);
  const close = () => setOpen(null);
  return (
    <>
      <Button
        variant="subtle"
        color="gray"
        className={menu.target}
        leftSection={<IconUser size={20} aria-hidden="true" />}
        rightSection={<IconChevronDown size={16} aria-hidden="true" />}
        aria-label={`${t('shell.person.change')}: ${person?.name ?? t('shell.person.none')}`}
        disabled={!mayWrite}
        onClick={() => setOpen('people')}
        data-testid="person"
      >
        <span className={menu.name}>{person?.name ?? t('shell.person.none')}</span>
      </Button>
      <Modal
        opened={open === 'people' && !locked}
        onClose={close}
        title={t('shell.person.choose')}
        closeButtonProps={{ 'aria-label': t('shell.close') }}
        onKeyDown={(event) => isKey('close', event) && close()}
      >
        <SignIn onDone={close} />
        <OwnActs onPin={() => setOpen('pin')} onLock={close} />
      </Modal>
      {open === 'pin' && person && !locked && <SetPinDialog person={person.person} onClose={close} />}
    </>
  );
}

/** What the person at this device does with their own PIN. */
function OwnActs({ onPin, onLock }: { onPin: () => void; onLock: () => void }) {
  const { t } = useTranslation();
  const { company, people } = useDevice();
  const person = useLive(company.person);
  const own = useLive(people.all).find((one) => one.person === person?.person);
  if (!own) return null;
  const lock = () => {
    onLock();
    void people.lock();
  };
  return (
    <Stack gap="xs" mt="lg">
      {!own.hasPin && (
        <p className={styles.subject} data-testid="no-pin">
          {t('people.setHint')}
        </p>
      )}
      <Button variant="subtle" size="md" onClick={onPin} data-testid="set-pin">
        {t(own.hasPin ? 'people.changePin' : 'people.setPin')}
      </Button>
      {own.hasPin && (
        <Button
          variant="light"
          size="md"
          onClick={lock}
          leftSection={<IconLock size={18} aria-hidden="true" />}
          data-testid="lock-now"
        >
          {t('people.lockNow')} (Alt+L)
        </Button>
      )}
    </Stack>
  );
}

import { Button, Modal, Stack } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './allow-provider.module.css';
import { useDevice } from './contexts.ts';
import { isKey } from './keys.ts';
import { SetPinDialog } from './set-pin-dialog.tsx';
import { SignIn } from './sign-in.tsx';
import { useLive } from './use-live.ts';

interface PersonDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Who else may be at this device, and what the one who is does with their PIN. */
export function PersonDialog({ opened, onClose }: PersonDialogProps) {
  const { t } = useTranslation();
  const { company, people } = useDevice();
  const locked = useLive(people.locked);
  const person = useLive(company.person);
  const [settingPin, setSettingPin] = useState(false);
  const setPin = () => {
    onClose();
    setSettingPin(true);
  };
  return (
    <>
      <Modal
        opened={opened && !locked}
        onClose={onClose}
        title={t('shell.person.choose')}
        closeButtonProps={{ 'aria-label': t('shell.close') }}
        onKeyDown={(event) => isKey('close', event) && onClose()}
      >
        <SignIn onDone={onClose} />
        <OwnActs onPin={setPin} onLock={onClose} />
      </Modal>
      {settingPin && person && !locked && <SetPinDialog person={person.person} onClose={() => setSettingPin(false)} />}
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

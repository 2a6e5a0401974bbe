import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import styles from './allow-provider.module.css';
import { useDevice } from './contexts.ts';
import { SignIn } from './sign-in.tsx';
import { UnguardedNotice } from './unguarded-notice.tsx';
import { useDoor } from './use-door.ts';
import { useLive } from './use-live.ts';

/** Above every other window: whoever is there must be known first. */
const Z_INDEX = 400;

/** Asks who is here, as long as nobody is or the device is locked: every entry names a person. Stays away until people have been pulled. */
export function PersonDoor() {
  const { t } = useTranslation();
  const door = useDoor();
  const locked = useLive(useDevice().people.locked);
  return (
    <Modal
      opened={door !== null}
      onClose={() => {}}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      zIndex={Z_INDEX}
      overlayProps={locked ? { backgroundOpacity: 0.92 } : {}}
      title={t(locked ? 'people.lockedTitle' : 'shell.person.choose')}
    >
      {locked && <p className={styles.subject}>{t('people.lockedText')}</p>}
      <UnguardedNotice />
      <SignIn onDone={() => {}} />
    </Modal>
  );
}

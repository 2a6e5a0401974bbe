import { Menu, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useDeps } from './contexts.ts';
import { HomeScreenSteps } from './home-screen-steps.tsx';
import plain from './plain-screen.module.css';
import styles from './settings-menu.module.css';
import { useLive } from './use-live.ts';

/** The menu's way to install the app: the browser asks, or on iOS a person is told how. */
export function InstallItem() {
  const { t } = useTranslation();
  const { install } = useDeps();
  const state = useLive(install.state);
  const [told, tell] = useDisclosure(false);
  if (state !== 'ask' && state !== 'by-hand') return null;
  return (
    <>
      <Menu.Item
        className={styles.item}
        leftSection={<IconDownload size={20} aria-hidden="true" />}
        closeMenuOnClick={state === 'ask'}
        onClick={() => (state === 'ask' ? void install.ask() : tell.open())}
        data-testid="install"
      >
        {t('abilities.install.item')}
      </Menu.Item>
      <Modal
        opened={told}
        onClose={tell.close}
        title={t('abilities.install.title')}
        closeButtonProps={{ 'aria-label': t('shell.close') }}
      >
        <HomeScreenSteps />
        <p className={plain.text}>{t('abilities.install.apart')}</p>
      </Modal>
    </>
  );
}

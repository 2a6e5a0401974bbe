import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDeps } from './contexts.ts';
import { installLater, isInstallOffered } from './install.ts';
import styles from './shell.module.css';
import { useLive } from './use-live.ts';

/** Offers once to install the app, where the browser can ask. */
export function InstallNotice() {
  const { t } = useTranslation();
  const { install, texts } = useDeps();
  const state = useLive(install.state);
  const [later, setLater] = useState(false);
  if (later || !isInstallOffered(state, texts)) return null;
  const notNow = () => {
    installLater(texts);
    setLater(true);
  };
  return (
    <div className={styles.hint} role="status" data-testid="install-notice">
      <span>{t('abilities.install.text')}</span>
      <span className={styles.acts}>
        <Button onClick={() => void install.ask()}>{t('abilities.install.now')}</Button>
        <Button variant="default" onClick={notNow}>
          {t('abilities.install.later')}
        </Button>
      </span>
    </div>
  );
}

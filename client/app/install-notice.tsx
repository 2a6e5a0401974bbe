import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useDeps } from './contexts.ts';
import { installLater, isInstallOffered } from './install.ts';
import styles from './shell.module.css';
import { useLive } from './use-live.ts';

/** Offers once to install the app, where the browser can ask: with the next screen that opens, for it must not push away what somebody is about to touch. */
export function InstallNotice() {
  const { t } = useTranslation();
  const { install, texts } = useDeps();
  const state = useLive(install.state);
  const [later, setLater] = useState(false);
  const [path] = useLocation();
  const [first, setFirst] = useState<string | null>(path);
  if (first !== null && first !== path) setFirst(null);
  if (later || first !== null || !isInstallOffered(state, texts)) return null;
  const notNow = () => {
    installLater(texts);
    setLater(true);
  };
  return (
    <div className={styles.hint} role="status" data-testid="install-notice">
      <span>{t('abilities.install.text')}</span>
      <span className={styles.acts}>
        <Button onClick={() => void install.ask()}>{t('abilities.install.now')}</Button>
        <Button variant="default" onClick={notNow} data-testid="install-later">
          {t('abilities.install.later')}
        </Button>
      </span>
    </div>
  );
}

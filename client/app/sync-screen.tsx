import { Button } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { knowledgeAge } from '../device/warning-signs.ts';
import { AbilitiesPanel } from './abilities-panel.tsx';
import { CarePanel } from './care-panel.tsx';
import { useDevice } from './contexts.ts';
import { FindingsPanel } from './findings-panel.tsx';
import { RescuePanel } from './rescue-panel.tsx';
import { StoragePanel } from './storage-panel.tsx';
import styles from './sync-screen.module.css';
import { useFormat } from './use-format.ts';
import { useLive } from './use-live.ts';
import { useNow } from './use-now.ts';
import { WaitingPanel } from './waiting-panel.tsx';

const AGE_REFRESH_MS = 5_000;

/** For whoever stands at the till: what waits and why, what needs a person, how safe this device is, and the way out of each. */
export default function SyncScreen() {
  const { t } = useTranslation();
  const { sync } = useDevice();
  return (
    <div className={styles.root}>
      <header className={styles.head}>
        <div>
          <h1 className={styles.title}>{t('sync.title')}</h1>
          <StateText />
        </div>
        <Button
          size="md"
          leftSection={<IconRefresh size={20} aria-hidden="true" />}
          onClick={() => sync.syncNow()}
          data-testid="try-now"
        >
          {t('sync.now')}
        </Button>
      </header>
      <div className={styles.column}>
        <FindingsPanel />
        <WaitingPanel />
      </div>
      <div className={styles.column}>
        <CarePanel />
        <StoragePanel />
        <AbilitiesPanel />
        <RescuePanel />
      </div>
    </div>
  );
}

function StateText() {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow(AGE_REFRESH_MS);
  const status = useLive(useDevice().sync.status);
  const { connection, lastSyncAt, lastError, revoked } = status;
  const knownAt = knowledgeAge(status, now);
  const { staleAfterMs } = useLive(useDevice().sync.settings);
  const age = lastSyncAt === null ? t('shell.status.never') : format.age(now - lastSyncAt);
  return (
    <p className={styles.state} role="status">
      {t(`sync.state.${revoked ? 'revoked' : connection}`)} {connection === 'trouble' && lastError?.text}{' '}
      <span className="num">
        {t('sync.lastSync')}: {age}.{' '}
        {knownAt !== null && knownAt > staleAfterMs && t('state.asOf', { age: format.age(knownAt) })}
      </span>
    </p>
  );
}

import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconDownload, IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useDevice } from '../app/contexts.ts';
import { FindingsPanel } from '../app/findings-panel.tsx';
import { FullSyncDialog } from '../app/full-sync-dialog.tsx';
import { RescuePanel } from '../app/rescue-panel.tsx';
import { StoragePanel } from '../app/storage-panel.tsx';
import { CollectionsPanel } from './collections-panel.tsx';
import { CountersPanel } from './counters-panel.tsx';

import { HeadPanel } from './head-panel.tsx';
import { HeadsPanel } from './heads-panel.tsx';
import styles from './inspector-screen.module.css';
import { LogPanel } from './log-panel.tsx';
import { OutboxPanel } from './outbox-panel.tsx';
import { SettingsPanel } from './settings-panel.tsx';
import { useInspection } from './use-inspection.ts';

/** Everything that replication knows, as it is. */
export default function InspectorScreen() {
  const { t } = useTranslation();
  const { sync } = useDevice();
  const [asking, ask] = useDisclosure(false);
  const { inspection } = useInspection();
  return (
    <div className={styles.root} data-testid="inspector">
      <header className={styles.head}>
        <h1 className={styles.title}>{t('inspector.title')}</h1>
        <Button
          variant="default"
          leftSection={<IconRefresh size={20} aria-hidden="true" />}
          onClick={() => sync.syncNow()}
          data-testid="sync-now"
        >
          {t('inspector.now')}
        </Button>
        <Button
          variant="default"
          leftSection={<IconDownload size={20} aria-hidden="true" />}
          onClick={ask.open}
          data-testid="full-sync"
        >
          {t('inspector.full')}
        </Button>
      </header>
      <div className={styles.main}>
        <CollectionsPanel inspection={inspection} />
        <OutboxPanel inspection={inspection} />
        <HeadsPanel inspection={inspection} />
        <FindingsPanel />
        <LogPanel inspection={inspection} />
      </div>
      <div className={styles.side}>
        <HeadPanel inspection={inspection} />
        <CountersPanel inspection={inspection} />
        <StoragePanel />
        <RescuePanel />
        <SettingsPanel />
      </div>
      <FullSyncDialog opened={asking} onClose={ask.close} />
    </div>
  );
}

import { Button, FileButton } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Panel } from '../ui/panel.tsx';
import { useDevice } from './contexts.ts';
import { useSay } from './messages.tsx';
import styles from './sync-screen.module.css';
import { useLive } from './use-live.ts';
import { useSaveRescue } from './use-save-rescue.ts';

/** Saves this device's entries as a file, and hands in a file of another one. */
export function RescuePanel() {
  const { t } = useTranslation();
  const { sync } = useDevice();
  const { waitingEntries } = useLive(sync.status);
  const saveRescue = useSaveRescue();
  const { busy, handIn } = useHandIn();
  return (
    <Panel title={t('sync.rescue.title')} testId="rescue">
      <div className={styles.stack}>
        <p className={styles.soft}>{t('sync.rescue.text')}</p>
        <Button
          variant="default"
          disabled={waitingEntries === 0}
          onClick={() => void saveRescue('waiting')}
          data-testid="rescue-waiting"
        >
          {t('sync.rescue.waiting')}
        </Button>
        <Button variant="default" onClick={() => void saveRescue('all')} data-testid="rescue-all">
          {t('sync.rescue.all')}
        </Button>
        <FileButton accept="application/json,.json" onChange={(file) => void (file && handIn(file))}>
          {(button) => (
            <Button {...button} variant="default" loading={busy} data-testid="rescue-import">
              {t(busy ? 'sync.rescue.busy' : 'sync.rescue.import')}
            </Button>
          )}
        </FileButton>
      </div>
    </Panel>
  );
}

/** Hands a chosen file in and says what became of it. */
function useHandIn(): { busy: boolean; handIn: (file: File) => Promise<void> } {
  const { t } = useTranslation();
  const { disk } = useDevice();
  const say = useSay();
  const [busy, setBusy] = useState(false);
  const handIn = async (file: File) => {
    setBusy(true);
    const answer = await disk.importRescueNow(await file.text());
    setBusy(false);
    if (answer.ok) say({ tone: 'info', text: t('sync.rescue.done', { ...answer.value }) });
    else say({ tone: 'warning', text: t(`sync.rescue.${answer.error}`) });
  };
  return { busy, handIn };
}

import { Button, FileButton } from '@mantine/core';
import { type DragEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Panel } from '../ui/panel.tsx';
import { useDevice } from './contexts.ts';
import { RescueDialog } from './rescue-dialog.tsx';
import styles from './sync-screen.module.css';
import { useLive } from './use-live.ts';
import { useSaveRescue } from './use-save-rescue.ts';

/** Saves this device's entries as a file, and hands in a file of another one. */
export function RescuePanel() {
  const { t } = useTranslation();
  const { sync } = useDevice();
  const { waitingEntries, waitingDrafts } = useLive(sync.status);
  const saveRescue = useSaveRescue();
  const [file, setFile] = useState<File | null>(null);
  // A browser tells nobody of the same file chosen again.
  const forget = useRef<() => void>(null);
  const close = () => {
    forget.current?.();
    setFile(null);
  };
  // Nothing is no choice: a browser may say so of a file chooser that was closed, even behind the file that was chosen in it.
  const take = (chosen: File | null | undefined) => {
    if (chosen) setFile(chosen);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    take(event.dataTransfer.files[0]);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a short cut; the button below does the same for everybody.
    <div onDragOver={(event) => event.preventDefault()} onDrop={drop} data-testid="rescue-drop">
      <Panel title={t('sync.rescue.title')} testId="rescue">
        <div className={styles.stack}>
          <p className={styles.soft}>{t('sync.rescue.text')}</p>
          <Button
            variant="default"
            disabled={waitingEntries + waitingDrafts === 0}
            onClick={() => void saveRescue('waiting')}
            data-testid="rescue-waiting"
          >
            {t('sync.rescue.waiting')}
          </Button>
          <Button variant="default" onClick={() => void saveRescue('all')} data-testid="rescue-all">
            {t('sync.rescue.all')}
          </Button>
          <FileButton accept="application/json,.json" onChange={take} resetRef={forget}>
            {(button) => (
              <Button {...button} variant="default" data-testid="rescue-import">
                {t('sync.rescue.import')}
              </Button>
            )}
          </FileButton>
          <p className={styles.soft}>{t('sync.rescue.drop')}</p>
        </div>
      </Panel>
      {file && <RescueDialog key={`${file.name} ${file.lastModified}`} file={file} onClose={close} />}
    </div>
  );
}

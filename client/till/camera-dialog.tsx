import { Modal } from '@mantine/core';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CameraFault } from '../app/camera.ts';
import { useDeps } from '../app/contexts.ts';
import { FaultNote } from '../ui/fault-note.tsx';
import styles from './camera-dialog.module.css';

interface CameraDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  /** Gives false when the barcode was not added: then the window makes room for the reason. */
  readonly onBarcode: (barcode: string) => boolean;
}

/** The camera as a scanner, open for one barcode after another. */
export function CameraDialog({ opened, onClose, onBarcode }: CameraDialogProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('sell.camera.title')}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
      data-testid="camera"
    >
      <CameraView onClose={onClose} onBarcode={onBarcode} />
    </Modal>
  );
}

function CameraView({ onClose, onBarcode }: Pick<CameraDialogProps, 'onClose' | 'onBarcode'>) {
  const { t } = useTranslation();
  const { camera, page } = useDeps();
  const video = useRef<HTMLVideoElement>(null);
  const [state, setState] = useState<CameraFault | 'starting' | 'reading'>('starting');
  const [found, setFound] = useState<string | null>(null);
  const tell = useEffectEvent((barcode: string) => {
    page.beep();
    setFound(barcode);
    if (!onBarcode(barcode)) onClose();
  });
  useEffect(() => {
    let gone = false;
    let stop = () => {};
    if (video.current)
      void camera.read(video.current, tell).then((answer) => {
        if (answer.ok) stop = answer.value;
        // Closed while the camera was starting.
        if (gone) stop();
        else setState(answer.ok ? 'reading' : answer.error);
      });
    return () => {
      gone = true;
      stop();
    };
  }, [camera]);
  const isFault = state !== 'starting' && state !== 'reading';
  return (
    <div className={styles.root}>
      <video
        ref={video}
        className={styles.video}
        hidden={isFault}
        muted
        playsInline
        aria-label={t('sell.camera.aim')}
      />
      {isFault ? (
        <FaultNote text={t(`sell.camera.fault.${state}`)} />
      ) : (
        <p role="status" className={styles.text} data-testid="camera-text">
          {state === 'starting' ? t('sell.camera.starting') : readText()}
        </p>
      )}
    </div>
  );
  function readText(): string {
    return found === null ? t('sell.camera.aim') : t('sell.camera.found', { barcode: found });
  }
}

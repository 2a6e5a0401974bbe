import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useDevice } from './contexts.ts';
import { DiskNotice } from './disk-notice.tsx';
import { InstallNotice } from './install-notice.tsx';
import { PayingBackNotice } from './paying-back-notice.tsx';
import { PrintNotice } from './print-notice.tsx';
import { ReturnsNotice } from './returns-notice.tsx';
import styles from './shell.module.css';
import { SignsNotice } from './signs-notice.tsx';
import { SoldTwiceNotice } from './sold-twice-notice.tsx';
import { UpdateNotice } from './update-notice.tsx';
import { useLive } from './use-live.ts';

/** What the people at this device should know on every screen. */
export function Notices() {
  const { t } = useTranslation();
  const device = useDevice();
  const active = useLive(device.active);
  return (
    <>
      {!active && (
        <div className={styles.notice} role="alert" data-testid="read-only">
          <span>{t('shell.readOnly.text')}</span>
          <Button variant="default" onClick={() => void device.takeOver()} data-testid="take-over">
            {t('shell.readOnly.take')}
          </Button>
        </div>
      )}
      <DiskNotice />
      <SignsNotice />
      <PrintNotice />
      <ReturnsNotice />
      <PayingBackNotice />
      <SoldTwiceNotice />
      <UpdateNotice />
      <InstallNotice />
    </>
  );
}

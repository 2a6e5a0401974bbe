import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SharesView } from '../../schema/protocol/shares.ts';
import { useDevice } from '../app/contexts.ts';
import { useSay } from '../app/messages.tsx';
import styles from './limits-screen.module.css';

/** After a restore: for whom everybody waits, and a way to wait no longer for a device that is gone. */
export function AwaitedNotice(props: { awaited: SharesView['awaited']; onChanged: () => void }) {
  const { t } = useTranslation();
  const { shares } = useDevice();
  const say = useSay();
  const waive = async (device: SharesView['awaited'][number]) => {
    const answer = await shares.waiveNow(device.deviceId);
    if (!answer.ok) say({ tone: 'warning', text: t('shares.limited.failed') });
    props.onChanged();
  };
  return (
    <div className={styles.notice} role="status" data-testid="shares-awaited">
      <span>{t('shares.limited.waiting', { tills: props.awaited.map(({ till }) => till).join(', ') })}</span>
      {props.awaited.map((device) => (
        <Button key={device.deviceId} variant="default" onClick={() => void waive(device)}>
          {t('shares.limited.waive', { till: device.till })}
        </Button>
      ))}
    </div>
  );
}

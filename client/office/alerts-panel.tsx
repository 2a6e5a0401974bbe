import { IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { DeviceDoc } from '../../schema/company.ts';
import type { DeviceOverview } from '../../schema/protocol/device-care.ts';
import { useFormat } from '../app/use-format.ts';
import { Panel } from '../ui/panel.tsx';
import { type DeviceAlert, deviceAlerts } from './device-alerts.ts';
import styles from './devices-screen.module.css';

/** What a manager should look at, and what to do about it. */
export function AlertsPanel({ devices, overview }: { devices: readonly DeviceDoc[]; overview: DeviceOverview }) {
  const { t } = useTranslation();
  const format = useFormat();
  const alertText = useAlertText();
  const alerts = deviceAlerts(devices, overview);
  return (
    <Panel title={t('care.alerts')} testId="device-alerts">
      {alerts.length === 0 ? (
        <p className={styles.soft}>
          <IconCircleCheck size={18} aria-hidden="true" /> {t('care.alertsNone')}
        </p>
      ) : (
        <ul className={styles.alerts}>
          {alerts.map((alert) => (
            <li key={`${alert.what} ${'till' in alert ? alert.till : ''}`}>{alertText(alert)}</li>
          ))}
        </ul>
      )}
      <p className={`${styles.soft} num`}>{t('care.database', { bytes: format.bytes(overview.database.bytes) })}</p>
    </Panel>
  );
}

function useAlertText(): (alert: DeviceAlert) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return (alert) => {
    switch (alert.what) {
      case 'unsynced':
      case 'clock':
        return t(`care.alert.${alert.what}`, { till: alert.till, length: format.length(alert.ms) });
      case 'waiting':
        return t('care.alert.waiting', { till: alert.till, count: alert.count });
      case 'storage':
      case 'requests':
        return t(`care.alert.${alert.what}`, { till: alert.till });
      case 'database':
        return t('care.alert.database', {
          before: format.bytes(alert.before),
          now: format.bytes(alert.now),
          length: format.length(alert.ms),
        });
    }
  };
}

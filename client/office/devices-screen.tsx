import { IconDevices } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { DeviceDoc } from '../../schema/company.ts';
import { mayDevice } from '../../schema/roles.ts';
import { useDevice } from '../app/contexts.ts';
import { useFormat } from '../app/use-format.ts';
import { useLive } from '../app/use-live.ts';
import { useNow } from '../app/use-now.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Panel } from '../ui/panel.tsx';
import { AddDevice } from './add-device.tsx';
import styles from './devices-screen.module.css';

const AGE_REFRESH_MS = 5_000;

/** Every device of the branch, whether it is connected now, and the way to add one. */
export default function DevicesScreen() {
  const { t } = useTranslation();
  const { company, identity } = useDevice();
  const devices = useLive(company.devices);
  return (
    <div className={styles.root}>
      <h1 className="visually-hidden">{t('office.devices.title')}</h1>
      <Panel title={t('office.devices.title')} flush>
        {devices.length <= 1 && (
          <EmptyState
            icon={<IconDevices size={40} />}
            title={t('office.devices.none')}
            help={t('office.devices.noneHelp')}
          />
        )}
        <ul className={styles.list}>
          {devices.map((device) => (
            <DeviceRow key={device.device} device={device} devices={devices} />
          ))}
        </ul>
      </Panel>
      <Panel title={t('office.devices.add')}>
        {mayDevice(identity.role, 'enrol', 'devices') ? (
          <AddDevice />
        ) : (
          <p className={styles.soft}>{t('office.devices.managersOnly')}</p>
        )}
      </Panel>
    </div>
  );
}

function DeviceRow({ device, devices }: { device: DeviceDoc; devices: readonly DeviceDoc[] }) {
  const { t } = useTranslation();
  const { identity, office } = useDevice();
  const format = useFormat();
  const live = useLive(office.live).includes(device.device);
  const own = identity.deviceId === device.device;
  return (
    <li className={styles.device} data-testid="device-row" data-till={device.till}>
      <b className={styles.till}>{device.till}</b>
      <span>
        {t(`office.devices.role_${device.role}`)}
        {own && ` · ${t('office.devices.own')}`}
        <span className={`${styles.soft} num`}>
          {t('office.devices.enrolled', { date: format.dateTime(device.enrolledAt) })}
        </span>
        {own && <OwnWaiting />}
      </span>
      <span className={live ? styles.live : styles.quiet}>
        <span className={styles.dot} aria-hidden="true" />
        <HeardText device={device} live={live} />
      </span>
      <DeviceTrouble device={device} devices={devices} />
    </li>
  );
}

/** Of other devices nobody knows what they have not sent yet. */
function OwnWaiting() {
  const { t } = useTranslation();
  const { waitingEntries } = useLive(useDevice().sync.status);
  if (waitingEntries === 0) return null;
  return <span className={`${styles.soft} num`}>{t('office.devices.waiting', { count: waitingEntries })}</span>;
}

/** Copied or revoked: what it means, and what to do. */
function DeviceTrouble({ device, devices }: { device: DeviceDoc; devices: readonly DeviceDoc[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const original = devices.find((one) => one.device === device.forkOf);
  const wasCopied = devices.some((one) => one.forkOf === device.device);
  if (device.forkOf === undefined && device.revokedAt === undefined && !wasCopied) return null;
  return (
    <span className={styles.trouble} data-testid="device-trouble">
      {device.forkOf !== undefined && (
        <span>
          <b>{t('office.devices.forked', { till: original?.till ?? device.till })}</b> {t('office.devices.forkedHelp')}
        </span>
      )}
      {wasCopied && <b>{t('office.devices.copied')}</b>}
      {device.revokedAt !== undefined && (
        <span>
          <b>{t('office.devices.revoked', { date: format.dateTime(device.revokedAt) })}</b>{' '}
          {t('office.devices.revokedHelp')}
        </span>
      )}
    </span>
  );
}

function HeardText({ device, live }: { device: DeviceDoc; live: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow(AGE_REFRESH_MS);
  if (!device.active) return t('office.devices.retired');
  if (live) return t('office.devices.live');
  return device.heardAt === null
    ? t('office.devices.never')
    : t('office.devices.heard', { age: format.age(now - device.heardAt) });
}

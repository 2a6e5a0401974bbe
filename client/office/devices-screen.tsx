import { IconDevices } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeviceDoc } from '../../schema/company.ts';
import type { DeviceOverview } from '../../schema/protocol/device-care.ts';
import { mayDevice } from '../../schema/roles.ts';
import { useDevice } from '../app/contexts.ts';
import { useFormat } from '../app/use-format.ts';
import { useLive } from '../app/use-live.ts';
import { useNow } from '../app/use-now.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Panel } from '../ui/panel.tsx';
import { AddDevice } from './add-device.tsx';
import { AlertsPanel } from './alerts-panel.tsx';
import { DeviceCommands } from './device-commands.tsx';
import { RenameDeviceDialog, ResetFromAfarDialog } from './device-dialogs.tsx';
import { DeviceFacts } from './device-facts.tsx';
import { type DeviceDialog, DeviceMenu } from './device-menu.tsx';
import styles from './devices-screen.module.css';
import { EndDeviceDialog } from './end-device-dialog.tsx';
import { useOverview } from './use-overview.ts';

const AGE_REFRESH_MS = 5_000;
/** The till code of the server's own journal, which is no device. */
const SERVER_TILL = 'SERVER';

/** Every device of the branch: whether it is connected, how it is, what to do about it, and the way to add one. */
export default function DevicesScreen() {
  const { t } = useTranslation();
  const { company, identity } = useDevice();
  const devices = useLive(company.devices);
  const mayCare = mayDevice(identity.role, 'enrol', 'devices');
  return (
    <div className={styles.root}>
      <h1 className="visually-hidden">{t('office.devices.title')}</h1>
      {mayCare ? <CaredDevices devices={devices} /> : <DeviceList devices={devices} />}
      <Panel title={t('office.devices.add')}>
        {mayCare ? <AddDevice /> : <p className={styles.soft}>{t('office.devices.managersOnly')}</p>}
      </Panel>
    </div>
  );
}

/** The list with what the server knows of each, for those who look after them. */
function CaredDevices({ devices }: { devices: readonly DeviceDoc[] }) {
  const { t } = useTranslation();
  const care = useOverview();
  return (
    <div className={styles.column}>
      {care.fault !== null && (
        <p role="status" className={styles.soft} data-testid="care-fault">
          {t('care.offline')}
        </p>
      )}
      {care.overview && <AlertsPanel devices={devices} overview={care.overview} />}
      <DeviceList devices={devices} care={care} />
    </div>
  );
}

type Care = ReturnType<typeof useOverview>;

/** A copy wants to be seen as long as it is here; an integration and the server's journal are carried by nobody. */
function isEnded({ active, revokedAt, forkOf, integration }: DeviceDoc): boolean {
  return forkOf === undefined && integration === undefined && (!active || revokedAt !== undefined);
}

function DeviceList({ devices, care }: { devices: readonly DeviceDoc[]; care?: Care }) {
  const { t } = useTranslation();
  const shown = devices.filter(({ till }) => till !== SERVER_TILL);
  const ended = shown.filter(isEnded);
  const rowsOf = (some: readonly DeviceDoc[]) => (
    <ul className={styles.list}>
      {some.map((device) => (
        <DeviceRow key={device.device} device={device} devices={devices} care={care} />
      ))}
    </ul>
  );
  return (
    <Panel title={t('office.devices.title')} flush>
      {shown.length <= 1 && (
        <EmptyState
          icon={<IconDevices size={40} />}
          title={t('office.devices.none')}
          help={t('office.devices.noneHelp')}
        />
      )}
      {rowsOf(shown.filter((device) => !isEnded(device)))}
      {ended.length > 0 && (
        <details className={styles.ended} data-testid="ended-devices">
          <summary>{t('care.endedDevices', { count: ended.length })}</summary>
          {rowsOf(ended)}
        </details>
      )}
    </Panel>
  );
}

function DeviceRow({
  device,
  devices,
  care,
}: {
  device: DeviceDoc;
  devices: readonly DeviceDoc[];
  care?: Care | undefined;
}) {
  const { t } = useTranslation();
  const { identity, office } = useDevice();
  const format = useFormat();
  const live = useLive(office.live).includes(device.device);
  const own = identity.deviceId === device.device;
  return (
    <li className={styles.device} data-testid="device-row" data-till={device.till}>
      <b className={styles.till}>{device.till}</b>
      <span>
        {device.name && <b>{device.name} · </b>}
        {device.integration === undefined
          ? t(`office.devices.role_${device.role}`)
          : t('care.integration', { name: device.integration })}
        {own && ` · ${t('office.devices.own')}`}
        <span className={`${styles.soft} num`}>
          {t('office.devices.enrolled', { date: format.dateTime(device.enrolledAt) })}
        </span>
        {own && <OwnWaiting />}
      </span>
      {device.integration === undefined && (
        <span className={live ? styles.live : styles.quiet}>
          <span className={styles.dot} aria-hidden="true" />
          <HeardText device={device} live={live} />
        </span>
      )}
      {care?.overview && <CaredDevice device={device} own={own} overview={care.overview} onChanged={care.ask} />}
      <DeviceTrouble device={device} devices={devices} />
    </li>
  );
}

interface CaredDeviceProps {
  readonly device: DeviceDoc;
  readonly own: boolean;
  readonly overview: DeviceOverview;
  readonly onChanged: () => void;
}

/** What a device said of itself, what waits for it, and what may be done about it. */
function CaredDevice({ device, own, overview, onChanged }: CaredDeviceProps) {
  const [open, setOpen] = useState<DeviceDialog | null>(null);
  const report = overview.reports.find((one) => one.device === device.device);
  const commands = overview.commands.filter((one) => one.device === device.device);
  const now = overview.serverTime;
  const dialog = { device, onChanged, onClose: () => setOpen(null) };
  // A fork or an integration is no device that anybody carries.
  const isCarried = device.forkOf === undefined && device.integration === undefined;
  if (!isCarried) return null;
  return (
    <>
      <span className={styles.care}>
        <DeviceFacts device={device} report={report} now={now} />
        <DeviceCommands commands={commands} last={report?.last ?? null} now={now} onChanged={onChanged} />
      </span>
      {!own && <DeviceMenu device={device} onOpen={setOpen} onChanged={onChanged} />}
      {open === 'rename' && <RenameDeviceDialog {...dialog} />}
      {open === 'reset' && <ResetFromAfarDialog {...dialog} />}
      {open === 'end' && <EndDeviceDialog {...dialog} report={report} now={now} />}
    </>
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

import { useTranslation } from 'react-i18next';
import type { DeviceDoc } from '../../schema/company.ts';
import type { KeptReport } from '../../schema/protocol/device-care.ts';
import { useDevice } from '../app/contexts.ts';
import { useFormat } from '../app/use-format.ts';
import { useLive } from '../app/use-live.ts';
import { CLOCK_MS_MAX } from './device-alerts.ts';
import styles from './devices-screen.module.css';

/** What a device last said of itself. `now` is the server's time. */
export function DeviceFacts({
  device,
  report,
  now,
}: {
  device: DeviceDoc;
  report?: KeptReport | undefined;
  now: number;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const people = useLive(useDevice().company.people);
  const waitingText = useWaitingText();
  if (!device.active || device.revokedAt !== undefined) return null;
  if (!report) return <span className={styles.soft}>{t('care.unsaid')}</span>;
  const name = people.find(({ person }) => person === report.person)?.name;
  const age = format.age(Math.max(0, now - report.receivedAt));
  const facts = [
    name && t('care.person', { name }),
    waitingText(report, now),
    report.lag !== null && (report.lag === 0 ? t('care.level') : t('care.lag', { count: report.lag })),
    Math.abs(report.clockErrorMs) > CLOCK_MS_MAX &&
      t('care.clock', { length: format.length(Math.abs(report.clockErrorMs)) }),
    report.storage &&
      t('care.storage', { left: format.bytes(Math.max(0, report.storage.quota - report.storage.used)) }),
    report.requests > 0 && t('care.success', { share: format.share(1 - report.failedRequests / report.requests) }),
    t('care.protocol', { version: report.protocol }),
    t('care.said', { age }),
  ].filter((fact) => typeof fact === 'string' && fact !== '');
  return (
    <span className={`${styles.soft} num`} data-testid="device-facts">
      {facts.join(' · ')}
    </span>
  );
}

/** How much waits on a device, and since when. */
function useWaitingText(): (report: KeptReport, now: number) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return ({ waiting, waitingSince, clockErrorMs }, now) => {
    if (waiting === 0) return '';
    if (waitingSince === null) return t('care.waitingChanges');
    // By the device's own clock: what it is off by is known.
    return t('care.waiting', { count: waiting, age: format.age(Math.max(0, now - (waitingSince - clockErrorMs))) });
  };
}

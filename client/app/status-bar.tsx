import {
  IconAlertTriangle,
  IconCloud,
  IconCloudOff,
  IconLoader2,
  IconRefresh,
  IconUpload,
  type TablerIcon,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { ConnectionState, SyncStatus } from '../device/device.ts';
import { knowledgeAge } from '../device/warning-signs.ts';
import { useDevice } from './contexts.ts';
import styles from './status-bar.module.css';
import { StatusNews } from './status-news.tsx';
import { useFormat } from './use-format.ts';
import { useLive, useLiveSoon } from './use-live.ts';
import { useNow } from './use-now.ts';

const ICONS: Readonly<Record<ConnectionState, TablerIcon>> = {
  online: IconCloud,
  connecting: IconLoader2,
  offline: IconCloudOff,
  trouble: IconAlertTriangle,
};

/** Ages are shown in seconds at first. */
const AGE_REFRESH_MS = 1_000;

/** On every screen: connected or not, how much waits, how old this device's knowledge is. Calm: offline is no error. */
export function StatusBar() {
  const { t } = useTranslation();
  const status = useLiveSoon(useDevice().sync.status);
  const Icon = ICONS[status.connection];
  // Before anything was copied nothing can be sold.
  const isNew = status.lastSyncAt === null;
  const waiting = status.waitingEntries + status.waitingEdits + status.waitingDrafts;
  return (
    <section className={styles.bar} aria-label={t('shell.status.label')} data-passing>
      <span
        className={styles[status.connection]}
        data-testid="status-connection"
        data-state={status.connection}
        role="status"
      >
        <Icon size={18} aria-hidden="true" />
        {t(isNew && status.connection === 'offline' ? 'shell.status.away' : `shell.status.${status.connection}`)}
      </span>
      <Link href="/sync" className={styles.item} data-testid="waiting-count" data-waiting={waiting}>
        <IconUpload size={18} aria-hidden="true" />
        <span className="num">
          {waiting === 0 ? t('shell.status.none') : t('shell.status.waiting', { count: waiting })}
        </span>
      </Link>
      <SyncAge status={status} />
      <StatusNews />
      <Trouble status={status} />
    </section>
  );
}

function SyncAge({ status }: { status: SyncStatus }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow(AGE_REFRESH_MS);
  const { staleAfterMs } = useLive(useDevice().sync.settings);
  const isStale = (knowledgeAge(status, now) ?? 0) > staleAfterMs;
  const { fullSync, lastSyncAt } = status;
  const never = t('shell.status.never');
  const age = lastSyncAt === null ? never : t('shell.status.synced', { age: format.age(now - lastSyncAt) });
  const short = lastSyncAt === null ? never : format.length(now - lastSyncAt);
  const progress = fullSync && {
    collection: t(`shell.collection.${fullSync.collection}`),
    done: format.count(fullSync.done),
    total: format.count(fullSync.total),
  };
  return (
    <span className={isStale ? styles.stale : styles.age} data-testid="sync-age" data-stale={isStale}>
      <IconRefresh size={18} aria-hidden="true" />
      {progress ? (
        <span className="num">{t('shell.status.full', progress)}</span>
      ) : (
        <>
          <span className={`${styles.long} num`}>{age}</span>
          <span className={`${styles.short} num`} aria-hidden="true">
            {short}
          </span>
        </>
      )}
    </span>
  );
}

/** The reason is shown only where a person has to do something about it. */
function Trouble({ status }: { status: SyncStatus }) {
  const { t } = useTranslation();
  if (status.connection !== 'trouble' || status.lastError === null) return null;
  return <span className={styles.reason}>{t('shell.status.why', { reason: status.lastError.text })}</span>;
}

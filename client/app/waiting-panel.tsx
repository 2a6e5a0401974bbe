import { IconCloudCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { DeviceEntry } from '../../schema/entry/entry.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Panel } from '../ui/panel.tsx';
import { useDevice } from './contexts.ts';
import styles from './sync-screen.module.css';
import { useFormat } from './use-format.ts';
import { useLive } from './use-live.ts';
import { useLoaded } from './use-loaded.ts';
import { useNow } from './use-now.ts';

/** Entries on the screen; the number says how many there are. */
const ROWS_MAX = 100;
const NOW_REFRESH_MS = 60_000;

/** Own entries that the server has not acknowledged, newest first. */
export function WaitingPanel() {
  const { t } = useTranslation();
  const { till, sync } = useDevice();
  const format = useFormat();
  const version = useLive(till.version);
  const { waitingEntries, waitingEdits } = useLive(sync.status);
  const recent = useLoaded(() => till.recent(ROWS_MAX), version) ?? [];
  const waiting = recent.filter(({ id }) => till.safety(id) === 'device');
  return (
    <Panel title={t('sync.waiting')} flush testId="waiting-panel">
      {waitingEntries === 0 && waitingEdits === 0 ? (
        <EmptyState
          icon={<IconCloudCheck size={40} />}
          title={t('sync.waitingNone')}
          help={t('sync.waitingNoneHelp')}
        />
      ) : (
        <>
          <p className={styles.padded}>{t('sync.waitingText')}</p>
          <ul className={styles.list}>
            {waiting.map((entry) => (
              <WaitingRow key={entry.id} entry={entry} />
            ))}
          </ul>
          {waiting.length < waitingEntries && (
            <p className={styles.padded}>
              {t('sync.waitingMore', { shown: format.count(waiting.length), count: waitingEntries })}
            </p>
          )}
          {waitingEdits > 0 && <p className={styles.padded}>{t('sync.waitingEdits', { count: waitingEdits })}</p>}
        </>
      )}
    </Panel>
  );
}

function WaitingRow({ entry }: { entry: DeviceEntry }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow(NOW_REFRESH_MS);
  const receipt = entry.kind === 'sale' || entry.kind === 'refund' ? entry.body : null;
  return (
    <li className={styles.entry} data-testid="waiting-entry">
      <span>
        <b>{t(`sync.kind.${entry.kind}`)}</b> <span className="num">{receipt?.receipt ?? ''}</span>
      </span>
      <span className={`${styles.soft} num`}>{format.moment(entry.at, now)}</span>
      <span className="num">{receipt === null ? '' : format.money(receipt.totals.due)}</span>
    </li>
  );
}

import { Button, Progress } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { StorageHealth } from '../device/storage-watch.ts';
import { Facts } from '../ui/facts.tsx';
import { Panel } from '../ui/panel.tsx';
import { useDevice } from './contexts.ts';
import styles from './sync-screen.module.css';
import { useFormat } from './use-format.ts';
import { useLive } from './use-live.ts';

/** How safe this device's disk is: the browser's promise, and the room that is left. */
export function StoragePanel() {
  const { t } = useTranslation();
  const { disk } = useDevice();
  const { kept, estimate, level } = useLive(disk.health);
  const usedText = useUsedText();
  const share = estimate && estimate.quota > 0 ? Math.min(1, estimate.usage / estimate.quota) : null;
  return (
    <Panel title={t('sync.storage')} testId="storage">
      <div className={styles.stack}>
        <Facts
          facts={[
            { label: t('sync.kept'), value: <span data-testid="storage-kept">{t(`sync.kept_${keptKey(kept)}`)}</span> },
            { label: t('sync.used'), value: <span data-testid="storage-used">{usedText(estimate)}</span> },
          ]}
        />
        {share !== null && (
          <Progress value={share * 100} color={level === 'fine' ? 'laci' : 'orange'} aria-label={t('sync.used')} />
        )}
        <p className={level === 'full' ? styles.danger : level === 'low' ? styles.warn : styles.soft}>
          {t(`sync.level.${level}`)}
        </p>
        {kept === false && (
          <>
            <p className={styles.soft}>{t('sync.keepHelp')}</p>
            <Button variant="default" onClick={() => void disk.askToKeep()} data-testid="ask-to-keep">
              {t('sync.ask')}
            </Button>
          </>
        )}
      </div>
    </Panel>
  );
}

function keptKey(kept: boolean | null): 'yes' | 'no' | 'unknown' {
  if (kept === null) return 'unknown';
  return kept ? 'yes' : 'no';
}

function useUsedText(): (estimate: StorageHealth['estimate']) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return (estimate) => {
    if (estimate === null) return t('sync.usedUnknown');
    const share = estimate.quota > 0 ? estimate.usage / estimate.quota : 1;
    return t('sync.usedOf', {
      used: format.bytes(estimate.usage),
      quota: format.bytes(estimate.quota),
      share: format.share(share),
    });
  };
}

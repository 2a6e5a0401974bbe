import { Button, Progress } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TestCall } from '../device/test-call.ts';
import { Panel } from '../ui/panel.tsx';
import { useDevice } from './contexts.ts';
import { FullSyncDialog } from './full-sync-dialog.tsx';
import { ResetDialog } from './reset-dialog.tsx';
import styles from './sync-screen.module.css';
import { TestCallResult } from './test-call-result.tsx';
import { useFormat } from './use-format.ts';
import { useLive } from './use-live.ts';

/** What somebody may try when sync seems wrong, from harmless to thorough. */
export function CarePanel() {
  const { t } = useTranslation();
  const [full, fullActs] = useDisclosure(false);
  const [reset, resetActs] = useDisclosure(false);
  return (
    <Panel title={t('state.care.title')} testId="care">
      <div className={styles.stack}>
        <TestCallPart />
        <p className={styles.soft}>{t('state.care.full')}</p>
        <FullSyncProgress />
        <Button variant="default" onClick={fullActs.open} data-testid="full-sync">
          {t('inspector.full')}
        </Button>
        <p className={styles.soft}>{t('state.care.reset')}</p>
        <Button variant="default" onClick={resetActs.open} data-testid="reset">
          {t('state.reset.open')}
        </Button>
      </div>
      <FullSyncDialog opened={full} onClose={fullActs.close} />
      {reset && <ResetDialog onClose={resetActs.close} />}
    </Panel>
  );
}

function TestCallPart() {
  const { t } = useTranslation();
  const { sync } = useDevice();
  const [busy, setBusy] = useState(false);
  const [call, setCall] = useState<TestCall | null>(null);
  const test = async () => {
    setBusy(true);
    setCall(await sync.testCallNow());
    setBusy(false);
  };
  return (
    <>
      <p className={styles.soft}>{t('state.care.test')}</p>
      <Button variant="default" loading={busy} onClick={() => void test()} data-testid="test-call">
        {t('state.test.go')}
      </Button>
      <div role="status">{call && !busy && <TestCallResult call={call} />}</div>
    </>
  );
}

/** A full sync that runs, also one that goes on after a reload. */
function FullSyncProgress() {
  const { t } = useTranslation();
  const format = useFormat();
  const { fullSync } = useLive(useDevice().sync.status);
  if (fullSync === null) return null;
  const { collection, done, total } = fullSync;
  const counts = {
    collection: t(`shell.collection.${collection}`),
    done: format.count(done),
    total: format.count(total),
  };
  return (
    <div data-testid="full-progress">
      <p>{t('shell.status.full', counts)}</p>
      <Progress value={(100 * done) / Math.max(1, total)} aria-label={t('inspector.full')} />
    </div>
  );
}

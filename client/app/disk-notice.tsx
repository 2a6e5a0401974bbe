import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useDevice } from './contexts.ts';
import styles from './shell.module.css';
import { useLive } from './use-live.ts';

/** On every screen, when this device's disk or journal needs a person: the worst of it, and the way to what to do. */
export function DiskNotice() {
  const { t } = useTranslation();
  const { disk } = useDevice();
  const { level } = useLive(disk.health);
  const kinds = new Set(useLive(disk.findings).map(({ kind }) => kind));
  const notices = [
    ...(level === 'full' || level === 'low' ? [level] : []),
    ...(['chain', 'forked'] as const).filter((kind) => kinds.has(kind)),
  ];
  return notices.map((notice) => (
    <div
      key={notice}
      className={notice === 'full' ? styles.alarm : styles.notice}
      role="alert"
      data-testid={`notice-${notice}`}
    >
      <span>{t(`sync.notice.${notice}`)}</span>
      <Button component={Link} href="/sync" variant="default">
        {t('sync.notice.open')}
      </Button>
    </div>
  ));
}

import { Loader, Progress } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useDevice } from './contexts.ts';
import styles from './first-sync.module.css';
import { StatusBar } from './status-bar.tsx';
import { useFormat } from './use-format.ts';
import { useLive } from './use-live.ts';

/** The first full sync, with counts. It goes on by itself whenever the server answers. */
export function FirstSync() {
  const { t } = useTranslation();
  const device = useDevice();
  const format = useFormat();
  const { connection, fullSync } = useLive(device.sync.status);
  useLive(device.catalogue.version);
  const percent = fullSync && fullSync.total > 0 ? (fullSync.done / fullSync.total) * 100 : 0;
  return (
    <div className={styles.root}>
      <main className={styles.main} data-testid="first-sync">
        <h1 className={styles.title}>
          <span className={styles.till}>{device.identity.till}</span> {t('shell.sync.title')}
        </h1>
        <p className={styles.text}>{t('shell.sync.text')}</p>
        <Progress value={percent} size="lg" aria-label={t('shell.sync.title')} animated={connection === 'online'} />
        <p className={styles.count} aria-live="polite">
          {fullSync ? (
            <>
              <span>{t(`shell.collection.${fullSync.collection}`)}</span>
              <span className="num">
                {t('shell.sync.done', { done: format.count(fullSync.done), total: format.count(fullSync.total) })}
              </span>
            </>
          ) : (
            <>
              <Loader size="xs" />{' '}
              <span>
                {t(connection === 'online' ? 'shell.sync.received' : 'shell.sync.wait', {
                  done: format.count(device.catalogue.count()),
                })}
              </span>
            </>
          )}
        </p>
      </main>
      <StatusBar />
    </div>
  );
}

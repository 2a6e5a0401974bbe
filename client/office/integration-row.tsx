import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { IntegrationsAnswer } from '../../schema/api/integration.ts';
import { useFormat } from '../app/use-format.ts';
import { useNow } from '../app/use-now.ts';
import styles from './devices-screen.module.css';

type Row = IntegrationsAnswer['integrations'][number];
const AGE_REFRESH_MS = 30_000;

/** One token: what it may, when it was used, what it asked last. The token itself is nowhere. */
export function IntegrationRow({ integration, onRevoke }: { integration: Row; onRevoke: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow(AGE_REFRESH_MS);
  const { name, till, rights, lastUsedAt, revokedAt, calls } = integration;
  const may = rights.map((right) => t(`integrations.right_${right}`)).join(t('integrations.and'));
  return (
    <li className={styles.device} data-testid="integration-row">
      <b className={styles.till}>{till}</b>
      <span>
        <b>{name}</b>
        <span className={styles.soft}>{t('integrations.rights', { rights: may })}</span>
        <span className={`${styles.soft} num`}>
          {lastUsedAt === null
            ? t('integrations.unused')
            : t('integrations.used', { age: format.age(Math.max(0, now - lastUsedAt)) })}
        </span>
        <details>
          <summary>{t('integrations.calls')}</summary>
          {calls.length === 0 && <p className={styles.soft}>{t('integrations.noCalls')}</p>}
          <ul className={styles.list}>
            {calls.map(({ at, method, path, status }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two calls may be alike in all they say.
              <li key={`${at} ${index}`} className={`${styles.soft} num`}>
                {t('integrations.call', { time: format.clock(at), method, path, status })}
              </li>
            ))}
          </ul>
        </details>
      </span>
      {revokedAt === null ? (
        <Button
          variant="default"
          onClick={onRevoke}
          aria-label={t('integrations.revokeOf', { name })}
          data-testid="integration-revoke"
        >
          {t('integrations.revoke')}
        </Button>
      ) : (
        <span className={styles.quiet}>{t('integrations.revoked', { date: format.dateTime(revokedAt) })}</span>
      )}
    </li>
  );
}

import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Webhook } from '../../schema/api/webhook.ts';
import { useFormat } from '../app/use-format.ts';
import { useNow } from '../app/use-now.ts';
import styles from './devices-screen.module.css';
import { EVENT_KEYS } from './event-key.ts';

const AGE_REFRESH_MS = 30_000;

interface WebhookRowProps {
  readonly webhook: Webhook;
  readonly onAct: (act: 'remove' | 'enable') => void;
}

/** One address: what it is told of, what waits, what it answered last, and why it is told nothing any more. */
export function WebhookRow({ webhook, onAct }: WebhookRowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow(AGE_REFRESH_MS);
  const { url, events, waiting, givenUp, lastAt, lastResult, disabledWhy } = webhook;
  const acts = disabledWhy === null ? (['remove'] as const) : (['enable', 'remove'] as const);
  return (
    <li className={styles.device} data-testid="webhook-row">
      <span className={styles.wide}>
        <b className={styles.link}>{url}</b>
        <span className={styles.soft}>{events.map((event) => t(EVENT_KEYS[event])).join(', ')}</span>
        <span className={`${styles.soft} num`}>
          {lastAt === null
            ? t('integrations.lastNone')
            : t('integrations.last', { age: format.age(Math.max(0, now - lastAt)), result: lastResult ?? '' })}
          {waiting > 0 && ` · ${t('integrations.waiting', { count: waiting })}`}
          {givenUp > 0 && ` · ${t('integrations.givenUp', { count: givenUp })}`}
        </span>
        {disabledWhy !== null && <span className={styles.trouble}>{t(`integrations.ended.${disabledWhy}`)}</span>}
      </span>
      <span className={styles.acts}>
        {acts.map((act) => {
          const label = t(`integrations.${act}`);
          return (
            <Button
              key={act}
              variant="default"
              onClick={() => onAct(act)}
              aria-label={t('integrations.hookOf', { act: label, url })}
              data-testid={`webhook-${act}`}
            >
              {label}
            </Button>
          );
        })}
      </span>
    </li>
  );
}

import { IconPlugConnected, IconWebhook } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Integration } from '../../schema/api/integration.ts';
import type { Webhook } from '../../schema/api/webhook.ts';
import { ERROR_TEXTS } from '../../schema/protocol/error.ts';
import { mayDevice } from '../../schema/roles.ts';
import { useDevice } from '../app/contexts.ts';
import { useSay } from '../app/messages.tsx';
import { useLanguage } from '../app/use-format.ts';
import { useLoaded } from '../app/use-loaded.ts';
import { useNow } from '../app/use-now.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Panel } from '../ui/panel.tsx';
import { AddIntegration } from './add-integration.tsx';
import { AddWebhook } from './add-webhook.tsx';
import styles from './devices-screen.module.css';
import { IntegrationRow } from './integration-row.tsx';
import { ProofDialog } from './proof-dialog.tsx';
import { WebhookRow } from './webhook-row.tsx';

/** How often an open screen asks again, in milliseconds. */
const ASK_MS = 15_000;

/** Tokens of other systems and webhooks, with what they did last. */
export default function IntegrationsScreen() {
  const { t } = useTranslation();
  const { identity } = useDevice();
  return (
    <div className={styles.root}>
      <h1 className="visually-hidden">{t('integrations.title')}</h1>
      {mayDevice(identity.role, 'enrol', 'devices') ? (
        <Lists />
      ) : (
        <p className={styles.soft}>{t('integrations.managersOnly')}</p>
      )}
    </div>
  );
}

/** Something that is asked about, and needs a PIN. */
type Asked =
  | { readonly what: 'revoke'; readonly of: Integration }
  | { readonly what: 'remove' | 'enable'; readonly of: Webhook };

function Lists() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { integrations } = useDevice();
  const [changes, setChanges] = useState(0);
  const [asked, setAsked] = useState<Asked | null>(null);
  const turn = Math.floor(useNow(ASK_MS) / ASK_MS);
  const answer = useLoaded(() => integrations.listNow(), `${turn} ${changes}`);
  const again = () => setChanges((count) => count + 1);
  const listed = answer?.ok ? answer.value : undefined;
  return (
    <>
      <div className={styles.column}>
        {answer?.ok === false && (
          <p role="status" className={styles.soft} data-testid="integrations-fault">
            {answer.error === 'offline' ? t('integrations.offline') : ERROR_TEXTS[answer.error][language]}
          </p>
        )}
        <Panel title={t('integrations.tokens')} flush>
          {listed?.integrations.length === 0 && (
            <EmptyState
              icon={<IconPlugConnected size={40} />}
              title={t('integrations.none')}
              help={t('integrations.noneHelp')}
            />
          )}
          <ul className={styles.list}>
            {listed?.integrations.map((one) => (
              <IntegrationRow key={one.id} integration={one} onRevoke={() => setAsked({ what: 'revoke', of: one })} />
            ))}
          </ul>
        </Panel>
        <Panel title={t('integrations.hooks')} flush>
          {listed?.webhooks.length === 0 && (
            <EmptyState
              icon={<IconWebhook size={40} />}
              title={t('integrations.hooksNone')}
              help={t('integrations.hooksNoneHelp')}
            />
          )}
          <ul className={styles.list}>
            {listed?.webhooks.map((one) => (
              <WebhookRow key={one.id} webhook={one} onAct={(what) => setAsked({ what, of: one })} />
            ))}
          </ul>
        </Panel>
      </div>
      <div className={styles.column}>
        <Panel title={t('integrations.add')}>
          <AddIntegration onAdded={again} />
          <p>
            <a href="/api/docs" target="_blank" rel="noreferrer">
              {t('integrations.docs')}
            </a>
          </p>
        </Panel>
        <Panel title={t('integrations.hookAdd')}>
          <AddWebhook onAdded={again} />
        </Panel>
      </div>
      {asked && <AskedDialog asked={asked} onClose={() => setAsked(null)} onDone={again} />}
    </>
  );
}

function AskedDialog({ asked, onClose, onDone }: { asked: Asked; onClose: () => void; onDone: () => void }) {
  const { t } = useTranslation();
  const { integrations } = useDevice();
  const say = useSay();
  const title =
    asked.what === 'revoke'
      ? t('integrations.revokeOf', { name: asked.of.name })
      : t('integrations.hookOf', { act: t(`integrations.${asked.what}`), url: asked.of.url });
  const act = (who: Parameters<typeof integrations.revokeNow>[1]) => {
    if (asked.what === 'revoke') return integrations.revokeNow(asked.of.id, who);
    if (asked.what === 'remove') return integrations.removeWebhookNow(asked.of.id, who);
    return integrations.enableWebhookNow(asked.of.id, who);
  };
  const doneText = () =>
    asked.what === 'revoke' ? t('integrations.revokedNow', { name: asked.of.name }) : t(DONE_TEXTS[asked.what]);
  return (
    <ProofDialog
      title={title}
      onClose={onClose}
      onProve={async (by, byPin) => {
        const done = await act({ by, byPin });
        if (!done.ok) return done;
        say({ tone: 'info', text: doneText() });
        onDone();
        onClose();
        return done;
      }}
    >
      <p>{t(ASKED_TEXTS[asked.what])}</p>
    </ProofDialog>
  );
}

const ASKED_TEXTS = {
  revoke: 'integrations.revokeText',
  remove: 'integrations.removeText',
  enable: 'integrations.enableText',
} as const;
const DONE_TEXTS = { remove: 'integrations.removedNow', enable: 'integrations.enabledNow' } as const;

import { ActionIcon, Button } from '@mantine/core';
import { IconAlertTriangle, IconInfoCircle, IconX } from '@tabler/icons-react';
import { createContext, type ReactNode, useContext, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { must } from '../../schema/result.ts';
import { useDeps } from './contexts.ts';
import styles from './messages.module.css';
import { createShownMessage, type Message, type ShownMessage } from './shown-message.ts';
import { useLive } from './use-live.ts';

const SayContext = createContext<ShownMessage['say'] | null>(null);

/** Says one message; null takes the present one away. */
export function useSay(): ShownMessage['say'] {
  return must(useContext(SayContext), 'Messages');
}

/** The region is always there, so that screen readers hear what appears in it. */
export function Messages({ children }: { children: ReactNode }) {
  const { clock } = useDeps();
  const [{ shown, say, act }] = useState(() => createShownMessage(clock));
  const message = useLive(shown);
  return (
    <SayContext value={say}>
      {children}
      <div className={styles.place} role="status" aria-live="polite" data-testid="message">
        {message && <MessageStrip message={message} onAct={() => act(message)} onClose={() => say(null)} />}
      </div>
    </SayContext>
  );
}

interface MessageStripProps {
  readonly message: Message;
  readonly onAct: () => void;
  readonly onClose: () => void;
}

function MessageStrip({ message, onAct, onClose }: MessageStripProps) {
  const { t } = useTranslation();
  const Icon = message.tone === 'warning' ? IconAlertTriangle : IconInfoCircle;
  return (
    <div className={message.tone === 'warning' ? styles.warning : styles.info}>
      <Icon size={20} aria-hidden="true" className={styles.icon} />
      <span className={styles.text}>{message.text}</span>
      {message.action && (
        <Button variant="white" size="md" onClick={onAct} className={styles.action}>
          {message.action.label}
        </Button>
      )}
      <ActionIcon aria-label={t('shell.close')} onClick={onClose} variant="transparent" className={styles.close}>
        <IconX size={18} />
      </ActionIcon>
    </div>
  );
}

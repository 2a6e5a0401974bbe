import { ActionIcon, Button } from '@mantine/core';
import { IconAlertTriangle, IconInfoCircle, IconX } from '@tabler/icons-react';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { must } from '../../schema/result.ts';
import { useDeps } from './contexts.ts';
import styles from './messages.module.css';

/** Something the app says to a person. A warning stays until it is closed or the next message comes. */
export interface Message {
  readonly tone: 'info' | 'warning';
  readonly text: string;
  readonly action?: { readonly label: string; readonly act: () => void };
  /** What took much to do, and is undone in one touch, stays like a warning. */
  readonly stays?: boolean;
}

type Say = (message: Message | null) => void;

/** Long enough to read a line and reach Undo. */
const INFO_SHOWN_MS = 7_000;

const SayContext = createContext<Say | null>(null);

/** Says one message; null takes the present one away. */
export function useSay(): Say {
  return must(useContext(SayContext), 'Messages');
}

/** Holds the one message now shown. The region is always there, so that screen readers hear what appears in it. */
export function Messages({ children }: { children: ReactNode }) {
  const { clock } = useDeps();
  const [message, setMessage] = useState<Message | null>(null);
  useEffect(() => {
    if (message?.tone !== 'info' || message.stays) return;
    return clock.every(INFO_SHOWN_MS, () => setMessage(null));
  }, [message, clock]);
  const say = useMemo<Say>(() => setMessage, []);
  return (
    <SayContext value={say}>
      {children}
      <div className={styles.place} role="status" aria-live="polite" data-testid="message">
        {message && <MessageStrip message={message} onClose={() => setMessage(null)} />}
      </div>
    </SayContext>
  );
}

function MessageStrip({ message, onClose }: { message: Message; onClose: () => void }) {
  const { t } = useTranslation();
  const Icon = message.tone === 'warning' ? IconAlertTriangle : IconInfoCircle;
  const act = () => {
    message.action?.act();
    onClose();
  };
  return (
    <div className={message.tone === 'warning' ? styles.warning : styles.info}>
      <Icon size={20} aria-hidden="true" className={styles.icon} />
      <span className={styles.text}>{message.text}</span>
      {message.action && (
        <Button variant="white" size="md" onClick={act} className={styles.action}>
          {message.action.label}
        </Button>
      )}
      <ActionIcon aria-label={t('shell.close')} onClick={onClose} variant="transparent" className={styles.close}>
        <IconX size={18} />
      </ActionIcon>
    </div>
  );
}

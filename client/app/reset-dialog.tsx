import { Button, Group, Modal, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDevice } from './contexts.ts';
import { useSay } from './messages.tsx';
import styles from './sync-screen.module.css';
import { useLive } from './use-live.ts';
import { useSaveText } from './use-save-rescue.ts';

/** "Reset and download again", confirmed by the till's name; says where what waits went. */
export function ResetDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { identity, sync } = useDevice();
  const { waitingEntries, waitingEdits, waitingDrafts } = useLive(sync.status);
  const [typed, setTyped] = useState('');
  const { busy, reset } = useReset(onClose);
  const waiting = waitingEntries + waitingEdits + waitingDrafts;
  const isMeant = typed.trim().toUpperCase() === identity.till.toUpperCase();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isMeant) void reset();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      closeOnClickOutside={!busy}
      title={t('state.reset.title', { till: identity.till })}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
      data-testid="reset-dialog"
    >
      <form onSubmit={submit} className={styles.stack}>
        <p className={styles.soft}>{t('state.reset.text')}</p>
        {waiting > 0 && <p className={styles.warn}>{t('state.reset.waiting', { count: waiting })}</p>}
        <TextInput
          label={t('state.reset.confirm', { till: identity.till })}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          disabled={busy}
          autoComplete="off"
          data-autofocus
          data-testid="reset-name"
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} disabled={busy}>
            {t('shell.cancel')}
          </Button>
          <Button type="submit" loading={busy} disabled={!isMeant} data-testid="reset-go">
            {t('state.reset.go')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}

function useReset(onEnded: () => void): { busy: boolean; reset: () => Promise<void> } {
  const { t } = useTranslation();
  const { sync } = useDevice();
  const say = useSay();
  const saveText = useSaveText();
  const [busy, setBusy] = useState(false);
  const reset = async () => {
    setBusy(true);
    let saved = '';
    const ended = await sync
      .resetNow(async (rescue) => {
        saved = ` ${t('state.reset.saved', { file: saveText(rescue) })}`;
      })
      .catch(() => 'broken' as const);
    setBusy(false);
    say({ tone: ended === 'done' ? 'info' : 'warning', text: t(`state.reset.ended.${ended}`) + saved });
    onEnded();
  };
  return { busy, reset };
}

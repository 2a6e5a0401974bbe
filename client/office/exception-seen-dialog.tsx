import { Button, Modal, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDevice } from '../app/contexts.ts';
import { useSay } from '../app/messages.tsx';
import type { Exception } from '../device/exceptions.ts';
import { NOTE_MAX } from '../device/exceptions.ts';
import { useFaultText } from '../till/use-fault-text.ts';

/** Settles exceptions, with a note if one is wanted; it can be undone for a while, and opened again for ever. */
export function ExceptionSeenDialog({ of, onDone }: { of: readonly Exception[]; onDone: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={of.length > 0}
      onClose={onDone}
      title={t('exceptions.save')}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      {of.length > 0 && <SeenForm of={of} onDone={onDone} />}
    </Modal>
  );
}

function SeenForm({ of, onDone }: { of: readonly Exception[]; onDone: () => void }) {
  const { t } = useTranslation();
  const [note, setNote] = useState('');
  const [busy, settle] = useSettle();
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void settle(of, note).then(onDone);
      }}
    >
      <Textarea
        label={t('exceptions.note')}
        description={t('exceptions.noteHint')}
        value={note}
        maxLength={NOTE_MAX}
        onChange={(event) => setNote(event.currentTarget.value)}
        autosize
        minRows={2}
        data-autofocus
        data-testid="exception-note"
      />
      <Button type="submit" mt="md" size="lg" fullWidth loading={busy} data-testid="exception-save">
        {t('exceptions.save')}
      </Button>
    </form>
  );
}

function useSettle() {
  const { t } = useTranslation();
  const say = useSay();
  const faultText = useFaultText();
  const { exceptions } = useDevice();
  const [busy, setBusy] = useState(false);
  const settle = async (of: readonly Exception[], note: string) => {
    setBusy(true);
    const done = await exceptions.settle(of, note);
    setBusy(false);
    if (!done.ok) return say({ tone: 'warning', text: faultText(done.error) });
    const undo = async () => {
      for (const review of done.value) await exceptions.openAgain(review);
    };
    const action = { label: t('exceptions.undo'), act: () => void undo() };
    say({ tone: 'info', text: t('exceptions.done', { count: done.value.length }), action });
  };
  return [busy, settle] as const;
}

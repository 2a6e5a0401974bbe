import { Button, Modal, Stack } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { holdsCardNumber } from '../../schema/card-number.ts';
import { useCart } from '../app/contexts.ts';
import { NoteField } from './note-field.tsx';
import { useUndoable } from './use-undoable.ts';

/** Characters of a sale's note (schema/entry/sale.ts). */
const SALE_NOTE_MAX = 500;

/** What is written about the whole sale; it stands on the receipt. */
export function SaleNoteDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('sell.note.title')}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <SaleNoteForm onClose={onClose} />
    </Modal>
  );
}

function SaleNoteForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const open = useCart();
  const { sayUndoable } = useUndoable();
  const [note, setNote] = useState(() => open.cart.get().note ?? '');
  const apply = (event: FormEvent) => {
    event.preventDefault();
    if (holdsCardNumber(note)) return;
    open.change({ type: 'note', note });
    sayUndoable(t('sell.say.noted'));
    onClose();
  };
  return (
    <form onSubmit={apply} noValidate>
      <Stack>
        <NoteField label={t('sell.note.label')} value={note} onChange={setNote} lengthMax={SALE_NOTE_MAX} autoFocus />
        <Button type="submit" size="lg" data-testid="apply">
          {t('till.line.apply')}
        </Button>
      </Stack>
    </form>
  );
}

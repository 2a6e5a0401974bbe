import { Modal } from '@mantine/core';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { CartLine } from '../../schema/receipt.ts';
import { useCart } from '../app/contexts.ts';
import { useLivePart } from '../app/use-live.ts';
import { LineForm } from './line-form.tsx';

interface LineDialogProps {
  /** The line's place; null when the dialog is closed. */
  readonly index: number | null;
  readonly onClose: () => void;
  readonly onRemove: (line: CartLine, index: number) => void;
}

/** Quantity or weight, price, discount, note, and removal of one line. */
export const LineDialog = memo(function LineDialog({ index, onClose, onRemove }: LineDialogProps) {
  const { t } = useTranslation();
  // Closed it is drawn no more with whatever comes into the cart.
  const line = useLivePart(useCart().cart, ({ lines }) => (index === null ? undefined : lines[index]));
  return (
    <Modal
      opened={line !== undefined}
      onClose={onClose}
      title={line?.name}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      {line && index !== null && (
        <LineForm key={index} line={line} index={index} onClose={onClose} onRemove={() => onRemove(line, index)} />
      )}
    </Modal>
  );
});

import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Refund, Sale } from '../../schema/entry/sale.ts';
import { RefundFreeForm } from './refund-free-form.tsx';
import { RefundSaleForm } from './refund-sale-form.tsx';

interface RefundDialogProps {
  /** The sale that comes back, `free` for goods without a receipt, null when closed. */
  readonly of: Sale | 'free' | null;
  /** The refund that was written, or null when it was called off. */
  readonly onDone: (refund: Refund | null) => void;
}

export function RefundDialog({ of, onDone }: RefundDialogProps) {
  const { t } = useTranslation();
  const title =
    of === null || of === 'free' ? t('goods.refund.titleFree') : t('goods.refund.title', { receipt: of.body.receipt });
  return (
    <Modal
      opened={of !== null}
      onClose={() => onDone(null)}
      title={title}
      size="lg"
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      {of === 'free' && <RefundFreeForm onDone={onDone} />}
      {of !== null && of !== 'free' && <RefundSaleForm sale={of} onDone={onDone} />}
    </Modal>
  );
}

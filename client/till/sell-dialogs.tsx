import { memo } from 'react';
import { CameraDialog } from './camera-dialog.tsx';
import { CustomerDialog } from './customer-dialog.tsx';
import { HeldDialog } from './held-dialog.tsx';
import { OpenItemDialog } from './open-item-dialog.tsx';
import { SaleDiscountDialog } from './sale-discount-dialog.tsx';
import { SaleNoteDialog } from './sale-note-dialog.tsx';

/** The window that is open over the cart. */
export type SellDialog =
  | { readonly type: 'customer' | 'note' | 'discount' | 'camera' | 'held' }
  | { readonly type: 'open-item'; readonly barcode: string };

interface SellDialogsProps {
  readonly dialog: SellDialog | null;
  readonly onClose: () => void;
  /** A barcode before the camera; false when it was not added. */
  readonly onBarcode: (barcode: string) => boolean;
}

/** What is said about the whole sale and the held ones, one window at a time. */
export const SellDialogs = memo(function SellDialogs({ dialog, onClose, onBarcode }: SellDialogsProps) {
  return (
    <>
      <CustomerDialog opened={dialog?.type === 'customer'} onClose={onClose} />
      <HeldDialog opened={dialog?.type === 'held'} onClose={onClose} />
      <SaleNoteDialog opened={dialog?.type === 'note'} onClose={onClose} />
      <SaleDiscountDialog opened={dialog?.type === 'discount'} onClose={onClose} />
      <CameraDialog opened={dialog?.type === 'camera'} onClose={onClose} onBarcode={onBarcode} />
      <OpenItemDialog barcode={dialog?.type === 'open-item' ? dialog.barcode : null} onClose={onClose} />
    </>
  );
});

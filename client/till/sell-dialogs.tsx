import { CustomerDialog } from './customer-dialog.tsx';
import { OpenItemDialog } from './open-item-dialog.tsx';
import { SaleDiscountDialog } from './sale-discount-dialog.tsx';
import { SaleNoteDialog } from './sale-note-dialog.tsx';

/** The window that is open over the cart. */
export type SellDialog =
  | { readonly type: 'customer' | 'note' | 'discount' }
  | { readonly type: 'open-item'; readonly barcode: string };

interface SellDialogsProps {
  readonly dialog: SellDialog | null;
  readonly onClose: () => void;
}

/** What is said about the whole sale, one window at a time. */
export function SellDialogs({ dialog, onClose }: SellDialogsProps) {
  return (
    <>
      <CustomerDialog opened={dialog?.type === 'customer'} onClose={onClose} />
      <SaleNoteDialog opened={dialog?.type === 'note'} onClose={onClose} />
      <SaleDiscountDialog opened={dialog?.type === 'discount'} onClose={onClose} />
      <OpenItemDialog barcode={dialog?.type === 'open-item' ? dialog.barcode : null} onClose={onClose} />
    </>
  );
}

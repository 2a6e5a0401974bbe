import { later } from '../app/later.tsx';

/** The windows over the selling screen: nobody opens one before its first product can be touched, so they come behind it. */
export const CartDrawer = later(async () => (await import('./cart-drawer.tsx')).CartDrawer);
export const DisplayFeed = later(async () => (await import('./display-feed.tsx')).DisplayFeed);
export const LineDialog = later(async () => (await import('./line-dialog.tsx')).LineDialog);
export const PaidElsewhereDialog = later(async () => (await import('./paid-elsewhere-dialog.tsx')).PaidElsewhereDialog);
export const PayDialog = later(async () => (await import('./pay-dialog.tsx')).PayDialog);
export const PictureKeeper = later(async () => (await import('./picture-keeper.tsx')).PictureKeeper);
export const ReceiptDialog = later(async () => (await import('./receipt-dialog.tsx')).ReceiptDialog);
export const SellDialogs = later(async () => (await import('./sell-dialogs.tsx')).SellDialogs);
export const StockDialog = later(async () => (await import('./stock-dialog.tsx')).StockDialog);

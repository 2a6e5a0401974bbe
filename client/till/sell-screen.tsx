import { useCallbackRef, useDisclosure, useMediaQuery } from '@mantine/hooks';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProductId } from '../../schema/ids.ts';
import type { CartLine } from '../../schema/receipt.ts';
import { useDeps, useDevice } from '../app/contexts.ts';
import { useLive } from '../app/use-live.ts';
import { CartBar } from './cart-bar.tsx';
import { CartPanel } from './cart-panel.tsx';
import { CategoryChips } from './category-chips.tsx';
import { openFavourites } from './favourites.ts';
import {
  CartDrawer,
  DisplayFeed,
  LineDialog,
  PayDialog,
  PictureKeeper,
  ReceiptDialog,
  SellDialogs,
  StockDialog,
} from './later-windows.ts';
import { ProductGrid } from './product-grid.tsx';
import { SearchBox } from './search-box.tsx';
import type { SellDialog } from './sell-dialogs.tsx';
import styles from './sell-screen.module.css';
import { SharedCart } from './shared-cart.tsx';
import { ShiftReminder } from './shift-reminder.tsx';
import { useAddToCart } from './use-add-to-cart.ts';
import { useCartActs } from './use-cart-acts.ts';
import { useFirstTouches } from './use-first-touches.ts';
import { FAVOURITES, searchedIn, useFound } from './use-found.ts';
import { usePayment } from './use-payment.ts';
import { useScannedReceipt } from './use-scanned-receipt.ts';
import { useScanner } from './use-scanner.ts';
import { useSellKeys } from './use-sell-keys.ts';
import { useUndoable } from './use-undoable.ts';
import { useWhole } from './use-whole.ts';

/** Below this the cart has a screen of its own. */
const PHONE = '(max-width: 47.99em)';

/**
 * Where a cashier works: find, add, pay. Its parts are drawn again only when what they show changes, so that a step of a payment draws
 * neither the grid nor the cart: what is handed to them stays the same.
 */
export function SellScreen() {
  const { t } = useTranslation();
  const device = useDevice();
  const deps = useDeps();
  const favourites = useMemo(() => openFavourites(deps), [deps]);
  const marked = useLive(favourites.products);
  const search = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [category, setCategory] = useState('');
  const [asked, setAsked] = useState<ProductId | null>(null);
  const [edited, setEdited] = useState<number | null>(null);
  const [dialog, setDialog] = useState<SellDialog | null>(null);
  const [cartShown, cartActs] = useDisclosure(false);
  const isWhole = useWhole();
  const products = useFound(text, category, marked, isWhole);
  const payment = usePayment(() => setDialog({ type: 'customer' }));
  const { addProduct, addBarcode } = useAddToCart({
    onWeigh: setEdited,
    onUnknown: (barcode) => setDialog({ type: 'open-item', barcode }),
  });
  const phone = useMediaQuery(PHONE, undefined, { getInitialValueInEffect: false });
  const isPaying = payment.step === 'asking' || payment.step === 'writing';
  const receipt = useScannedReceipt();
  const scan = (barcode: string) => {
    // The next customer's goods close the last one's receipt.
    if (payment.step === 'sold') payment.close();
    if (!isPaying && receipt.take(barcode)) return;
    receipt.close();
    addBarcode(barcode, isPaying);
  };
  useScanner(scan);
  const startPaying = useCallbackRef(payment.start);
  const addTapped = useCallbackRef(addProduct);
  useFirstTouches({ onAdd: addProduct, onScan: scan });
  const { remove } = useCartActs();
  const { undo } = useUndoable();
  const isFree =
    payment.step === 'closed' && asked === null && edited === null && dialog === null && receipt.entry === null;
  useSellKeys({ search, onPay: payment.start, onOpen: setDialog, onUndo: undo, enabled: isFree });
  const enter = useCallbackRef(() => {
    const typed = text.trim();
    if (device.catalogue.byBarcode(typed) || /^\d{6,}$/.test(typed)) {
      if (addBarcode(typed, false)) setText('');
      // An unknown code is marked, so that the next scan replaces it.
      else search.current?.select();
      return;
    }
    // Asked again: what the grid shows may still be the answer to fewer letters.
    const [first] = typed === '' ? [] : device.catalogue.search(typed, { category: searchedIn(category), limit: 1 });
    if (!first) return;
    addProduct(first);
    setText('');
  });
  const openCamera = useCallbackRef(() => setDialog({ type: 'camera' }));
  const closeDialog = useCallbackRef(() => setDialog(null));
  const addSeen = useCallbackRef((barcode: string) => addBarcode(barcode, false));
  const closeLine = useCallbackRef(() => setEdited(null));
  const removeEdited = useCallbackRef((line: CartLine, index: number) => {
    setEdited(null);
    void remove(line, index);
  });
  const closeStock = useCallbackRef(() => setAsked(null));
  const closeReceipt = useCallbackRef(() => {
    payment.close();
    cartActs.close();
    setText('');
    search.current?.focus({ preventScroll: true });
  });
  const panel = (
    <CartPanel
      onPay={startPaying}
      onEdit={setEdited}
      onOpen={setDialog}
      fault={payment.fault}
      onHide={phone ? cartActs.close : null}
    />
  );
  return (
    <div className={styles.root}>
      <h1 className="visually-hidden">{t('shell.page.sell')}</h1>
      <section className={styles.find} aria-label={t('till.grid.label')}>
        <div>
          <ShiftReminder />
          <SearchBox
            ref={search}
            value={text}
            onChange={setText}
            onEnter={enter}
            found={products.length}
            onCamera={openCamera}
          />
        </div>
        <CategoryChips value={category} onChange={setCategory} />
        <ProductGrid
          products={products}
          isWhole={isWhole}
          onAdd={addTapped}
          onAsk={setAsked}
          favourites={favourites}
          text={products.length === 0 ? text : ''}
          starred={category === FAVOURITES && text.trim() === ''}
        />
      </section>
      {phone ? <CartBar onShow={cartActs.open} /> : panel}
      {phone && (
        <CartDrawer opened={cartShown} onClose={cartActs.close}>
          {panel}
        </CartDrawer>
      )}
      <LineDialog index={edited} onClose={closeLine} onRemove={removeEdited} />
      <SellDialogs dialog={dialog} onClose={closeDialog} onBarcode={addSeen} />
      <SharedCart paying={isPaying ? (payment.cart?.cartId ?? null) : null} sold={payment.sold} />
      <DisplayFeed payment={payment} />
      <PictureKeeper isResting={isFree && isWhole && !cartShown && text === '' && category === ''} />
      <PayDialog payment={payment} onNext={closeReceipt} />
      <ReceiptDialog entry={receipt.entry} onClose={receipt.close} />
      <StockDialog product={asked} favourites={favourites} onClose={closeStock} />
    </div>
  );
}

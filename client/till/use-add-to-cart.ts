import { useTranslation } from 'react-i18next';
import type { Product } from '../../schema/product.ts';
import { useCart, useDevice } from '../app/contexts.ts';
import { useSay } from '../app/messages.tsx';
import { useLive } from '../app/use-live.ts';
import { useAddLabelled } from './use-add-labelled.ts';

interface AddToCart {
  readonly addProduct: (product: Product) => void;
  /** Gives true when a product has this barcode and was added; otherwise says why not, and changes nothing. */
  readonly addBarcode: (barcode: string, paying: boolean) => boolean;
}

interface AddToCartWish {
  /** Asks for the weight of the line at this place. */
  readonly onWeigh: (line: number) => void;
  /** Offers to sell what no product's barcode is. */
  readonly onUnknown: (barcode: string) => void;
}

/** Puts products into the open cart. One press is one piece; what is weighed is asked for its weight at once. */
export function useAddToCart({ onWeigh, onUnknown }: AddToCartWish): AddToCart {
  const { t } = useTranslation();
  const { catalogue, active } = useDevice();
  const mayWrite = useLive(active);
  const cart = useCart();
  const say = useSay();
  const addLabelled = useAddLabelled();
  const warn = (text: string) => say({ tone: 'warning', text });
  const addProduct = (product: Product) => {
    if (!mayWrite) return warn(t('till.fault.not-active'));
    say(null);
    const there = cart.cart.get().lines.findIndex((line) => line.productId === product.id);
    if (product.unitScale === 1 || there === -1) cart.change({ type: 'add', product, quantity: product.unitScale });
    if (product.unitScale !== 1) onWeigh(there === -1 ? cart.cart.get().lines.length - 1 : there);
  };
  /** The same open item once more counts up. */
  const addOpenAgain = (barcode: string) => {
    const { lines } = cart.cart.get();
    const index = lines.findIndex((line) => line.productId === undefined && line.barcode === barcode);
    const line = lines[index];
    if (line) cart.change({ type: 'quantity', index, quantity: line.quantity + 1 });
    return line !== undefined;
  };
  const sayUnknown = (barcode: string) =>
    say({
      tone: 'warning',
      text: t('till.say.unknownBarcode', { barcode }),
      action: { label: t('sell.open.offer'), act: () => onUnknown(barcode) },
    });
  const addBarcode = (barcode: string, paying: boolean) => {
    const product = catalogue.byBarcode(barcode);
    if (paying) warn(t('till.say.paying', { barcode }));
    else if (product) addProduct(product);
    else if (!mayWrite) warn(t('till.fault.not-active'));
    else {
      const labelled = addLabelled(barcode);
      if (labelled !== null) return labelled;
      if (addOpenAgain(barcode)) return true;
      sayUnknown(barcode);
    }
    return product !== undefined && !paying;
  };
  return { addProduct, addBarcode };
}

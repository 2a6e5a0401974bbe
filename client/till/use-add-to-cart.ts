import { useTranslation } from 'react-i18next';
import type { Product } from '../../schema/product.ts';
import { useCart, useDevice } from '../app/contexts.ts';
import { useSay } from '../app/messages.tsx';
import { useLive } from '../app/use-live.ts';

interface AddToCart {
  readonly addProduct: (product: Product) => void;
  /** Gives true when a product has this barcode and was added; otherwise says why not, and changes nothing. */
  readonly addBarcode: (barcode: string, paying: boolean) => boolean;
}

/** Puts products into the open cart. One press is one piece; what is weighed is asked for its weight at once, by `onWeigh`. */
export function useAddToCart(onWeigh: (line: number) => void): AddToCart {
  const { t } = useTranslation();
  const { catalogue, active } = useDevice();
  const mayWrite = useLive(active);
  const cart = useCart();
  const say = useSay();
  const addProduct = (product: Product) => {
    if (!mayWrite) return say({ tone: 'warning', text: t('till.fault.not-active') });
    say(null);
    const there = cart.cart.get().lines.findIndex((line) => line.productId === product.id);
    if (product.unitScale === 1 || there === -1) cart.change({ type: 'add', product, quantity: product.unitScale });
    if (product.unitScale !== 1) onWeigh(there === -1 ? cart.cart.get().lines.length - 1 : there);
  };
  const addBarcode = (barcode: string, paying: boolean) => {
    const product = catalogue.byBarcode(barcode);
    if (!product) say({ tone: 'warning', text: t('till.say.unknownBarcode', { barcode }) });
    else if (paying) say({ tone: 'warning', text: t('till.say.paying', { barcode }) });
    else addProduct(product);
    return product !== undefined && !paying;
  };
  return { addProduct, addBarcode };
}

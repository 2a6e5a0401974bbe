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

/** Puts products into the open cart. One press is one unit: a piece, or a kilogram that is then weighed. */
export function useAddToCart(): AddToCart {
  const { t } = useTranslation();
  const { catalogue, active } = useDevice();
  const mayWrite = useLive(active);
  const cart = useCart();
  const say = useSay();
  const addProduct = (product: Product) => {
    if (!mayWrite) return say({ tone: 'warning', text: t('till.fault.not-active') });
    cart.change({ type: 'add', product, quantity: product.unitScale });
    say(null);
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

import { useTranslation } from 'react-i18next';
import { readScaleBarcode } from '../../schema/scale-barcode.ts';
import { useCart, useDevice } from '../app/contexts.ts';
import { useSay } from '../app/messages.tsx';
import { labelledLine } from './labelled-line.ts';

/**
 * Takes the label of a scale into the cart, as a line of its own. Gives null when the barcode is none of this shop's scales, true when it
 * was added, and false when it says why not and nothing changed.
 */
export function useAddLabelled(): (barcode: string) => boolean | null {
  const { t } = useTranslation();
  const { catalogue, company } = useDevice();
  const cart = useCart();
  const say = useSay();
  const refuse = (text: string) => {
    say({ tone: 'warning', text });
    return false;
  };
  return (barcode) => {
    const reading = readScaleBarcode(barcode, company.settings.get()?.scaleBarcodes ?? []);
    if (reading === null) return null;
    if (!reading.ok) return refuse(t(`sell.scale.${reading.error}`, { barcode }));
    const product = reading.value.itemCodes.map((code) => catalogue.byBarcode(code)).find((one) => one !== undefined);
    if (!product) return refuse(t('sell.scale.unknown', { barcode, item: reading.value.item }));
    const line = labelledLine(reading.value, product, company.rules.get()?.rounding ?? 'half-up');
    if (line === null) return refuse(t('sell.scale.doesNotFit', { name: product.name }));
    say(null);
    cart.change({ type: 'insert', index: cart.cart.get().lines.length, line });
    return true;
  };
}

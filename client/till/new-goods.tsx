import { useTranslation } from 'react-i18next';
import type { Product } from '../../schema/product.ts';
import type { Cart } from '../../schema/receipt.ts';
import { useDevice } from '../app/contexts.ts';
import { useSay } from '../app/messages.tsx';
import { useFormat } from '../app/use-format.ts';
import { QuantityStepper } from '../ui/quantity-stepper.tsx';
import { type CartChange, changeCart } from './cart-change.ts';
import { ProductPicker } from './product-picker.tsx';
import styles from './refund-form.module.css';
import { useScanner } from './use-scanner.ts';

/** A small cart beside a refund: goods that come back without a receipt, or go out in exchange. */
export function NewGoods({ cart, onChange }: { cart: Cart; onChange: (cart: Cart) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const change = (wish: CartChange) => onChange(changeCart(cart, wish));
  const add = (product: Product) => change({ type: 'add', product, quantity: product.unitScale });
  useScanGoods(add);
  return (
    <>
      <ProductPicker onPick={add} focused />
      {cart.lines.length > 0 && (
        <ul className={styles.lines}>
          {cart.lines.map((line, index) => (
            <li key={line.productId} className={styles.line}>
              <span>
                {line.name}
                <span className={`${styles.detail} num`}>{format.money(line.unitPrice)}</span>
              </span>
              <QuantityStepper
                value={format.quantity(line.quantity, line.unitScale)}
                last={line.quantity <= line.unitScale}
                less={t('till.cart.less', { name: line.name })}
                more={t('till.cart.more', { name: line.name })}
                onLess={() => change({ type: 'quantity', index, quantity: line.quantity - line.unitScale })}
                onMore={() => change({ type: 'quantity', index, quantity: line.quantity + line.unitScale })}
              />
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** Goods are scanned here as they are when they are sold. */
function useScanGoods(add: (product: Product) => void): void {
  const { t } = useTranslation();
  const { catalogue } = useDevice();
  const say = useSay();
  useScanner((barcode) => {
    const product = catalogue.byBarcode(barcode);
    if (product) add(product);
    else say({ tone: 'warning', text: t('till.say.unknownBarcode', { barcode }) });
  });
}

import { useTranslation } from 'react-i18next';
import type { Cart } from '../../schema/receipt.ts';
import { useFormat } from '../app/use-format.ts';
import { QuantityStepper } from '../ui/quantity-stepper.tsx';
import { type CartChange, changeCart } from './cart-change.ts';
import { ProductPicker } from './product-picker.tsx';
import styles from './refund-form.module.css';

/** A small cart beside a refund: goods that come back without a receipt, or go out in exchange. */
export function NewGoods({ cart, onChange }: { cart: Cart; onChange: (cart: Cart) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const change = (wish: CartChange) => onChange(changeCart(cart, wish));
  return (
    <>
      <ProductPicker onPick={(product) => change({ type: 'add', product, quantity: product.unitScale })} />
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

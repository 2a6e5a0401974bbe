import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Refund } from '../../schema/entry/sale.ts';
import type { CartId } from '../../schema/ids.ts';
import type { Cart } from '../../schema/receipt.ts';
import { useDeps } from '../app/contexts.ts';
import { useFormat } from '../app/use-format.ts';
import { QuantityStepper } from '../ui/quantity-stepper.tsx';
import { type CartChange, changeCart } from './cart-change.ts';
import { ProductPicker } from './product-picker.tsx';
import { RefundFoot } from './refund-foot.tsx';
import styles from './refund-form.module.css';

/** Goods that come back without a receipt: at today's price. */
export function RefundFreeForm({ onDone }: { onDone: (refund: Refund) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { newId } = useDeps();
  const [cart, setCart] = useState<Cart>(() => ({ cartId: newId() as CartId, lines: [] }));
  const change = (wish: CartChange) => setCart(changeCart(cart, wish));
  return (
    <div className={styles.root} data-testid="refund-form">
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
      <RefundFoot cart={cart} onDone={onDone} />
    </div>
  );
}

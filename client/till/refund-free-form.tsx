import { useState } from 'react';
import type { Refund } from '../../schema/entry/sale.ts';
import type { CartId } from '../../schema/ids.ts';
import type { Cart } from '../../schema/receipt.ts';
import { useDeps } from '../app/contexts.ts';
import { NewGoods } from './new-goods.tsx';
import { RefundFoot } from './refund-foot.tsx';
import styles from './refund-form.module.css';

/** Goods that come back without a receipt: at today's price. */
export function RefundFreeForm({ onDone }: { onDone: (refund: Refund) => void }) {
  const { newId } = useDeps();
  const [cart, setCart] = useState<Cart>(() => ({ cartId: newId() as CartId, lines: [] }));
  return (
    <div className={styles.root} data-testid="refund-form">
      <NewGoods cart={cart} onChange={setCart} />
      <RefundFoot cart={cart} onDone={onDone} />
    </div>
  );
}

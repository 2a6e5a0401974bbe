import { Button } from '@mantine/core';
import { IconChevronDown, IconShoppingCart, IconTrash } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../ui/empty-state.tsx';
import { countItems } from './cart-change.ts';
import { CartLineRow } from './cart-line-row.tsx';
import styles from './cart-panel.module.css';
import { CartTools } from './cart-tools.tsx';
import { CartTotals } from './cart-totals.tsx';
import { HeldBar } from './held-bar.tsx';
import type { SellDialog } from './sell-dialogs.tsx';
import { useCartActs } from './use-cart-acts.ts';
import { usePriced } from './use-priced.ts';
import { usePromotedCart } from './use-promoted-cart.ts';

interface CartPanelProps {
  readonly onPay: () => void;
  /** Opens the line at this place: quantity or weight, discount, removal. */
  readonly onEdit: (index: number) => void;
  /** Opens a window about the whole sale. */
  readonly onOpen: (dialog: SellDialog) => void;
  /** Why it cannot be paid now; null when it can. */
  readonly fault: string | null;
  /** On a phone: the way back to the products. */
  readonly onHide: (() => void) | null;
}

/** The open cart: its lines, what it costs, and Pay. */
export const CartPanel = memo(function CartPanel({ onPay, onEdit, onOpen, fault, onHide }: CartPanelProps) {
  const { t } = useTranslation();
  const cart = usePromotedCart();
  const priced = usePriced(cart);
  const { clear, remove } = useCartActs();
  return (
    <section className={styles.panel} aria-label={t('till.cart.title')} data-testid="cart" data-of-cart>
      <header className={styles.head}>
        {onHide && (
          <Button
            variant="subtle"
            color="gray"
            onClick={onHide}
            leftSection={<IconChevronDown size={20} aria-hidden="true" />}
          >
            {t('till.cart.hide')}
          </Button>
        )}
        {!onHide && <h2 className={styles.title}>{t('till.cart.title')}</h2>}
        <span className={`${styles.count} num`}>{t('till.cart.items', { count: countItems(cart) })}</span>
        {cart.lines.length > 0 && (
          <Button
            variant="subtle"
            color="gray"
            onClick={() => void clear()}
            leftSection={<IconTrash size={18} aria-hidden="true" />}
            data-testid="cart-clear"
          >
            {t('till.cart.clear')}
          </Button>
        )}
      </header>
      <CartTools onOpen={onOpen} />
      <HeldBar onOpen={() => onOpen({ type: 'held' })} />
      {cart.lines.length === 0 ? (
        <EmptyState
          icon={<IconShoppingCart size={40} />}
          title={t('till.empty.cart')}
          help={t('till.empty.cartHelp')}
        />
      ) : (
        <ol className={styles.lines}>
          {cart.lines.map((line, index) => (
            <CartLineRow
              // biome-ignore lint/suspicious/noArrayIndexKey: a line is named by its place; the same product may stand twice.
              key={`${line.productId ?? line.name} ${index}`}
              line={line}
              index={index}
              total={priced?.lines[index]?.total}
              onEdit={() => onEdit(index)}
              onRemove={() => void remove(line, index)}
            />
          ))}
        </ol>
      )}
      <CartTotals
        priced={priced}
        empty={cart.lines.length === 0}
        onPay={onPay}
        onDiscount={() => onOpen({ type: 'discount' })}
        fault={fault}
      />
    </section>
  );
});

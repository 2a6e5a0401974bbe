import { UnstyledButton } from '@mantine/core';
import { IconChevronUp, IconShoppingCart } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../app/use-format.ts';
import styles from './cart-bar.module.css';
import { countItems } from './cart-change.ts';
import { usePriced } from './use-priced.ts';
import { usePromotedCart } from './use-promoted-cart.ts';

/** On a phone: what the cart holds, and the way into it. */
export const CartBar = memo(function CartBar({ onShow }: { onShow: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const cart = usePromotedCart();
  const priced = usePriced(cart);
  const count = countItems(cart);
  return (
    <UnstyledButton
      className={styles.bar}
      onClick={onShow}
      data-empty={count === 0}
      data-testid="cart-bar"
      data-of-cart
    >
      <IconShoppingCart size={22} aria-hidden="true" />
      <span className={styles.count}>
        {t('till.cart.items', { count })}
        <span className="visually-hidden">. {t('till.cart.show')}</span>
      </span>
      <b className={`${styles.total} num`}>{priced ? format.money(priced.totals.due) : '–'}</b>
      <IconChevronUp size={20} aria-hidden="true" />
    </UnstyledButton>
  );
});

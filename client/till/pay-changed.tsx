import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CartId } from '../../schema/ids.ts';
import { useDevice } from '../app/contexts.ts';
import { useLive } from '../app/use-live.ts';
import styles from './pay-dialog.module.css';

/** Says that another till added to the cart while it is paid, where it covers nothing that pays it. */
export function PayChanged({ cart }: { readonly cart: CartId | undefined }) {
  const { t } = useTranslation();
  const { drafts } = useDevice();
  const merged = useLive(drafts.merged);
  const [before] = useState(merged);
  if (merged === null || merged === before || merged.added === 0 || merged.cart.cartId !== cart) return null;
  return (
    <p className={styles.missing} role="alert" data-testid="pay-changed">
      {t('held.changedWhilePaying', { till: merged.by.join(', ') })}
    </p>
  );
}

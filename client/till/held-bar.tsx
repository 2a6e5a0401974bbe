import { Button } from '@mantine/core';
import { IconShoppingCartPause } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useCart, useDevice } from '../app/contexts.ts';
import { useLive, useLiveSoon } from '../app/use-live.ts';
import styles from './held-bar.module.css';

/** The way to the held carts, and what to look at where the open one is shared. */
export function HeldBar({ onOpen }: { readonly onOpen: () => void }) {
  const { t } = useTranslation();
  const { drafts } = useDevice();
  const cart = useLive(useCart().cart);
  const list = useLiveSoon(drafts.list);
  const own = list.find(({ id }) => id === cart.cartId);
  const count = list.length - (own ? 1 : 0);
  return (
    <div className={styles.bar}>
      <Button
        variant="subtle"
        color="gray"
        fullWidth
        onClick={onOpen}
        leftSection={<IconShoppingCartPause size={20} aria-hidden="true" />}
        data-testid="held-open"
      >
        {count === 0 ? t('held.button') : t('held.buttonCount', { count })}
      </Button>
      {own && <p className={styles.shared}>{t('held.shared', { name: own.name || t('held.unnamed') })}</p>}
      <MarkedLines />
    </div>
  );
}

/** Lines that two tills changed without knowing of each other: a person looks at each. */
function MarkedLines() {
  const { t } = useTranslation();
  const { drafts } = useDevice();
  const cart = useLive(useCart().cart);
  const merged = useLive(drafts.merged);
  if (merged === null || merged.cart.cartId !== cart.cartId) return null;
  return merged.marks.map((mark, index) => {
    const line = merged.cart.lines[index];
    if (!mark || !line) return null;
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: a line is named by its place.
      <div key={`${line.name} ${index}`} className={styles.mark} data-testid="held-mark" role="status">
        <span>{t(`held.marked.${mark.kind}`, { name: line.name, tills: mark.by.join(', ') })}</span>
        <Button variant="default" size="compact-md" onClick={() => void drafts.looked(index)} data-testid="held-looked">
          {t('held.looked')}
        </Button>
      </div>
    );
  });
}

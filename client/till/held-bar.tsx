import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconShoppingCartPause } from '@tabler/icons-react';
import { useEffect, useEffectEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useCart, useDevice } from '../app/contexts.ts';
import { isKey } from '../app/keys.ts';
import { useLive } from '../app/use-live.ts';
import styles from './held-bar.module.css';
import { HeldDialog } from './held-dialog.tsx';

/** The way to the held carts, and what to look at where the open one is shared. F3 opens it. */
export function HeldBar() {
  const { t } = useTranslation();
  const { drafts } = useDevice();
  const cart = useLive(useCart().cart);
  const list = useLive(drafts.list);
  const [opened, acts] = useDisclosure(false);
  const own = list.find(({ id }) => id === cart.cartId);
  const count = list.length - (own ? 1 : 0);
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (!isKey('held', event) || document.querySelector('[role="dialog"]')) return;
    event.preventDefault();
    acts.open();
  });
  useEffect(() => {
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);
  return (
    <div className={styles.bar}>
      <Button
        variant="subtle"
        color="gray"
        fullWidth
        onClick={acts.open}
        leftSection={<IconShoppingCartPause size={20} aria-hidden="true" />}
        data-testid="held-open"
      >
        {count === 0 ? t('held.button') : t('held.buttonCount', { count })}
      </Button>
      {own && <p className={styles.shared}>{t('held.shared', { name: own.name || t('held.unnamed') })}</p>}
      <MarkedLines />
      <HeldDialog opened={opened} onClose={acts.close} />
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

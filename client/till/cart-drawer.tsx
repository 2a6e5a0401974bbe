import { Drawer } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface CartDrawerProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  /** False while a window over it takes Escape. */
  readonly closeOnEscape: boolean;
  readonly children: ReactNode;
}

/** On a phone: the cart on a screen of its own. */
export function CartDrawer({ opened, onClose, closeOnEscape, children }: CartDrawerProps) {
  const { t } = useTranslation();
  return (
    <Drawer.Root opened={opened} onClose={onClose} position="bottom" size="100%" closeOnEscape={closeOnEscape}>
      <Drawer.Content aria-label={t('till.cart.title')} radius={0}>
        {children}
      </Drawer.Content>
    </Drawer.Root>
  );
}

import { Drawer } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { isKey } from '../app/keys.ts';

interface CartDrawerProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** Below every window (200), whichever of them was loaded first. */
const Z_INDEX = 190;

/**
 * On a phone: the cart on a screen of its own. It hears Escape only from within: what a window over it was closed by is not for the cart too,
 * whichever of them listens first.
 */
export function CartDrawer({ opened, onClose, children }: CartDrawerProps) {
  const { t } = useTranslation();
  return (
    <Drawer.Root opened={opened} onClose={onClose} position="bottom" size="100%" zIndex={Z_INDEX} closeOnEscape={false}>
      <Drawer.Content
        aria-label={t('till.cart.title')}
        radius={0}
        onKeyDown={(event) => isKey('close', event) && onClose()}
      >
        {children}
      </Drawer.Content>
    </Drawer.Root>
  );
}

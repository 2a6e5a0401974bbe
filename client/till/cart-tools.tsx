import { UnstyledButton } from '@mantine/core';
import { IconNote, IconTagPlus, IconUser } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useCart } from '../app/contexts.ts';
import { useLive } from '../app/use-live.ts';
import styles from './cart-tools.module.css';
import type { SellDialog } from './sell-dialogs.tsx';

/** Who buys, what is written about the sale, and something that is not in the catalogue. */
export function CartTools({ onOpen }: { onOpen: (dialog: SellDialog) => void }) {
  const { t } = useTranslation();
  const { customer, note } = useLive(useCart().cart);
  return (
    <div className={styles.tools}>
      <UnstyledButton
        className={styles.tool}
        data-set={customer !== undefined}
        onClick={() => onOpen({ type: 'customer' })}
        data-testid="tool-customer"
      >
        <IconUser size={20} aria-hidden="true" />
        <span className={styles.text}>{customer?.name ?? t('sell.customer.short')}</span>
      </UnstyledButton>
      <UnstyledButton
        className={styles.tool}
        data-set={note !== undefined}
        onClick={() => onOpen({ type: 'note' })}
        data-testid="tool-note"
      >
        <IconNote size={20} aria-hidden="true" />
        <span className={styles.text}>{note ?? t('sell.note.short')}</span>
      </UnstyledButton>
      <UnstyledButton
        className={styles.tool}
        onClick={() => onOpen({ type: 'open-item', barcode: '' })}
        data-testid="tool-open-item"
      >
        <IconTagPlus size={20} aria-hidden="true" />
        <span className={styles.text}>{t('sell.open.short')}</span>
      </UnstyledButton>
    </div>
  );
}

import { Button, Modal, Stack } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCart } from '../app/contexts.ts';
import { useFormat } from '../app/use-format.ts';
import { DiscountField } from './discount-field.tsx';
import { discountInput, readDiscount } from './discount-input.ts';

/** A discount on the whole sale. */
export function SaleDiscountDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('till.line.saleDiscount')}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <SaleDiscountForm onClose={onClose} />
    </Modal>
  );
}

function SaleDiscountForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { currency, language } = useFormat();
  const cart = useCart();
  const [input, setInput] = useState(() => discountInput(cart.cart.get().discount, currency, language));
  const [fault, setFault] = useState<'amount' | 'percent' | null>(null);
  const apply = (event: FormEvent) => {
    event.preventDefault();
    const discount = readDiscount(input, currency, language);
    if (!discount.ok) return setFault(discount.error);
    cart.change({ type: 'sale-discount', discount: discount.value });
    onClose();
  };
  return (
    <form onSubmit={apply} noValidate>
      <Stack>
        <DiscountField label={t('till.line.discount')} value={input} onChange={setInput} fault={fault} />
        <Button type="submit" size="lg" data-testid="apply">
          {t('till.line.apply')}
        </Button>
      </Stack>
    </form>
  );
}

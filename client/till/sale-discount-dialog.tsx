import { Button, Modal, Stack } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCart } from '../app/contexts.ts';
import { useFormat } from '../app/use-format.ts';
import { FaultNote } from '../ui/fault-note.tsx';
import { DiscountField } from './discount-field.tsx';
import { discountInput, readDiscount } from './discount-input.ts';
import { useActFaultText } from './use-act-fault-text.ts';
import { type ActFault, useCartActs } from './use-cart-acts.ts';

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
  const acts = useCartActs();
  const faultText = useActFaultText();
  const [input, setInput] = useState(() => discountInput(cart.cart.get().discount, currency, language));
  const [fault, setFault] = useState<'amount' | 'percent' | null>(null);
  const [actFault, setActFault] = useState<ActFault | null>(null);
  const apply = async (event: FormEvent) => {
    event.preventDefault();
    const discount = readDiscount(input, currency, language);
    setFault(discount.ok ? null : discount.error);
    if (!discount.ok) return;
    const answer = await acts.discountSale(discount.value);
    setActFault(answer);
    if (answer === null) onClose();
  };
  return (
    <form onSubmit={(event) => void apply(event)} noValidate>
      <Stack>
        <DiscountField label={t('till.line.discount')} value={input} onChange={setInput} fault={fault} />
        <FaultNote text={faultText(actFault)} />
        <Button type="submit" size="lg" data-testid="apply">
          {t('till.line.apply')}
        </Button>
      </Stack>
    </form>
  );
}

import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CartLine } from '../../schema/receipt.ts';
import { useCart } from '../app/contexts.ts';
import { useFormat } from '../app/use-format.ts';
import { useLive } from '../app/use-live.ts';
import { decimalMark, exactDecimal } from '../ui/format-money.ts';
import { scaleDigits } from '../ui/format-quantity.ts';
import { parseDecimal } from '../ui/parse-number.ts';
import { LINE_QUANTITY_MAX } from './cart-change.ts';
import { DiscountField } from './discount-field.tsx';
import { discountInput, readDiscount } from './discount-input.ts';

interface LineDialogProps {
  /** The line's place; null when the dialog is closed. */
  readonly index: number | null;
  readonly onClose: () => void;
  readonly onRemove: (line: CartLine, index: number) => void;
}

/** Quantity or weight, discount, and removal of one line. */
export function LineDialog({ index, onClose, onRemove }: LineDialogProps) {
  const { t } = useTranslation();
  const { lines } = useLive(useCart().cart);
  const line = index === null ? undefined : lines[index];
  return (
    <Modal
      opened={line !== undefined}
      onClose={onClose}
      title={line?.name}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      {line && index !== null && (
        <LineForm key={index} line={line} index={index} onClose={onClose} onRemove={() => onRemove(line, index)} />
      )}
    </Modal>
  );
}

function LineForm({
  line,
  index,
  onClose,
  onRemove,
}: {
  line: CartLine;
  index: number;
  onClose: () => void;
  onRemove: () => void;
}) {
  const { t } = useTranslation();
  const { currency, language } = useFormat();
  const cart = useCart();
  const digits = scaleDigits(line.unitScale);
  const [typed, setTyped] = useState(() => exactDecimal(line.quantity, digits).replace('.', decimalMark(language)));
  const [discount, setDiscount] = useState(() => discountInput(line.discount, currency, language));
  const [shown, setShown] = useState(false);
  const quantity = parseDecimal(typed, digits, language);
  const badQuantity = quantity === null || quantity < 1 || quantity > LINE_QUANTITY_MAX;
  const read = readDiscount(discount, currency, language);
  const apply = (event: FormEvent) => {
    event.preventDefault();
    setShown(true);
    if (badQuantity || !read.ok) return;
    cart.change({ type: 'quantity', index, quantity });
    cart.change({ type: 'discount', index, discount: read.value });
    onClose();
  };
  return (
    <form onSubmit={apply} noValidate>
      <Stack>
        <TextInput
          label={t(line.unitScale === 1 ? 'till.line.quantity' : 'till.line.weight')}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onFocus={(event) => event.currentTarget.select()}
          inputMode={digits === 0 ? 'numeric' : 'decimal'}
          autoComplete="off"
          error={shown && badQuantity ? t('till.line.badQuantity') : null}
          data-autofocus
          data-testid="line-quantity"
        />
        <DiscountField
          label={t('till.line.discount')}
          value={discount}
          onChange={setDiscount}
          fault={shown && !read.ok ? read.error : null}
        />
        <Group justify="space-between">
          <Button
            variant="subtle"
            color="red"
            leftSection={<IconTrash size={18} aria-hidden="true" />}
            onClick={onRemove}
            data-testid="line-remove"
          >
            {t('till.line.remove')}
          </Button>
          <Button type="submit" data-testid="apply">
            {t('till.line.apply')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

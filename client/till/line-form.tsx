import { Button, Group, Stack, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { type ChangeEvent, type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { holdsCardNumber } from '../../schema/card-number.ts';
import type { CartLine } from '../../schema/receipt.ts';
import { useFormat } from '../app/use-format.ts';
import { FaultNote } from '../ui/fault-note.tsx';
import { focusFirstFault } from '../ui/focus-first-fault.ts';
import { decimalMark, exactDecimal } from '../ui/format-money.ts';
import { scaleDigits } from '../ui/format-quantity.ts';
import { parseDecimal } from '../ui/parse-number.ts';
import { LINE_QUANTITY_MAX, shelfPrice } from './cart-change.ts';
import { DiscountField } from './discount-field.tsx';
import { discountInput, readDiscount } from './discount-input.ts';
import { NoteField } from './note-field.tsx';
import { useActFaultText } from './use-act-fault-text.ts';
import { type ActFault, useCartActs } from './use-cart-acts.ts';

/** Characters of a line's note (schema/entry/sale.ts). */
const LINE_NOTE_MAX = 200;

interface LineFormProps {
  readonly line: CartLine;
  readonly index: number;
  readonly onClose: () => void;
  readonly onRemove: () => void;
}

/** What a cashier says about one line. Nothing changes before all of it makes sense and is allowed. */
export function LineForm({ line, index, onClose, onRemove }: LineFormProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const acts = useCartActs();
  const faultText = useActFaultText();
  const form = useLineFields(line);
  const [fault, setFault] = useState<ActFault | null>(null);
  const [shown, setShown] = useState(false);
  const apply = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setShown(true);
    if (form.read === null) return focusFirstFault(event.currentTarget);
    const answer = await acts.amend(index, form.read);
    setFault(answer);
    if (answer === null) onClose();
  };
  return (
    <form onSubmit={(event) => void apply(event)} noValidate>
      <Stack>
        <TextInput
          label={t(line.unitScale === 1 ? 'till.line.quantity' : 'till.line.weight')}
          {...form.quantity}
          onFocus={(event) => event.currentTarget.select()}
          inputMode={line.unitScale === 1 ? 'numeric' : 'decimal'}
          autoComplete="off"
          error={shown && form.quantityFault ? t(form.quantityFault) : null}
          data-autofocus
          data-testid="line-quantity"
        />
        <TextInput
          label={t('sell.line.price', { price: format.money(shelfPrice(line)) })}
          {...form.price}
          onFocus={(event) => event.currentTarget.select()}
          inputMode="decimal"
          autoComplete="off"
          error={shown && form.badPrice ? t('sell.line.badPrice') : null}
          data-testid="line-price"
        />
        <DiscountField
          label={t('till.line.discount')}
          value={form.discount}
          onChange={form.setDiscount}
          fault={shown ? form.discountFault : null}
        />
        <NoteField label={t('sell.line.note')} value={form.note} onChange={form.setNote} lengthMax={LINE_NOTE_MAX} />
        <FaultNote text={faultText(fault)} />
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

/** The fields as typed, and what they mean; `read` is null while one of them means nothing. */
function useLineFields(line: CartLine) {
  const { currency, language, grouped, parseMoney, typed: asTyped } = useFormat();
  const digits = scaleDigits(line.unitScale);
  const [typed, setTyped] = useState(() => exactDecimal(line.quantity, digits).replace('.', decimalMark(language)));
  const [price, setPrice] = useState(() => asTyped(line.unitPrice));
  const [discount, setDiscount] = useState(() => discountInput(line.discount, currency, language));
  const [note, setNote] = useState(line.note ?? '');
  const quantity = parseDecimal(typed, digits, language);
  const quantityFault = findQuantityFault(quantity, line.unitScale);
  const paid = parseMoney(price);
  const badPrice = paid === null || paid < 0;
  const off = readDiscount(discount, currency, language);
  const fine = quantity !== null && !quantityFault && !badPrice && off.ok && !holdsCardNumber(note);
  return {
    quantity: { value: typed, onChange: onText(setTyped) },
    price: { value: price, onChange: (event: Typing) => setPrice(grouped(event.currentTarget, price)) },
    discount,
    setDiscount,
    note,
    setNote,
    quantityFault,
    badPrice,
    discountFault: off.ok ? null : off.error,
    read: fine ? { quantity, price: paid, discount: off.value, note } : null,
  };
}

function findQuantityFault(quantity: number | null, unitScale: number) {
  if (quantity === null || quantity < 1)
    return unitScale === 1 ? ('till.line.badQuantity' as const) : ('till.line.badWeight' as const);
  return quantity > LINE_QUANTITY_MAX ? ('sell.line.quantityTooLarge' as const) : null;
}

type Typing = ChangeEvent<HTMLInputElement>;

function onText(set: (text: string) => void) {
  return (event: Typing) => set(event.currentTarget.value);
}

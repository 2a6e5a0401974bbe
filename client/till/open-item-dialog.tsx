import { Button, Modal, NativeSelect, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { holdsCardNumber } from '../../schema/card-number.ts';
import { barcodeShape } from '../../schema/product.ts';
import { quantity } from '../../schema/quantity.ts';
import type { CartLine } from '../../schema/receipt.ts';
import { useDevice } from '../app/contexts.ts';
import { useFormat } from '../app/use-format.ts';
import { useLive } from '../app/use-live.ts';
import { focusFirstFault } from '../ui/focus-first-fault.ts';
import { useCartActs } from './use-cart-acts.ts';

interface OpenItemDialogProps {
  /** The barcode that no product has, or '' for something without one; null when the dialog is closed. */
  readonly barcode: string | null;
  readonly onClose: () => void;
}

/** Something that is not in the catalogue: its name, its price and its tax. */
export function OpenItemDialog({ barcode, onClose }: OpenItemDialogProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={barcode !== null}
      onClose={onClose}
      title={t('sell.open.title')}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      {barcode !== null && <OpenItemForm barcode={barcode} onClose={onClose} />}
    </Modal>
  );
}

function OpenItemForm({ barcode, onClose }: { barcode: string; onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const acts = useCartActs();
  const taxes = useLive(useDevice().company.rules)?.taxes ?? [];
  const [name, setName] = useState('');
  const [typed, setTyped] = useState('');
  const [taxId, setTaxId] = useState(taxes[0]?.id ?? '');
  const [shown, setShown] = useState(false);
  const price = format.parseMoney(typed);
  const badName = name.trim() === '' || holdsCardNumber(name);
  const badPrice = price === null || price < 0;
  const apply = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setShown(true);
    if (badName || badPrice) return focusFirstFault(event.currentTarget);
    const code = barcodeShape.safeParse(barcode);
    const line: CartLine = {
      name: name.trim(),
      barcode: code.success ? code.data : undefined,
      quantity: quantity(1),
      unitScale: 1,
      unitPrice: price,
      taxId: taxId || undefined,
    };
    if ((await acts.addOpenItem(line)) === null) onClose();
  };
  return (
    <form onSubmit={(event) => void apply(event)} noValidate data-testid="open-item">
      <Stack>
        {barcode !== '' && <p className="num">{t('sell.open.barcode', { barcode })}</p>}
        <TextInput
          label={t('sell.open.name')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          maxLength={80}
          autoComplete="off"
          error={shown && badName ? t(holdsCardNumber(name) ? 'sell.fault.card' : 'sell.open.badName') : null}
          data-autofocus
          data-testid="open-name"
        />
        <TextInput
          label={t('sell.open.price')}
          value={typed}
          onChange={(event) => setTyped(format.grouped(event.currentTarget, typed))}
          inputMode="decimal"
          autoComplete="off"
          error={shown && badPrice ? t('sell.line.badPrice') : null}
          data-testid="open-price"
        />
        {taxes.length > 0 && (
          <NativeSelect
            label={t('sell.open.tax')}
            value={taxId}
            onChange={(event) => setTaxId(event.currentTarget.value)}
            data={[
              ...taxes.map((tax) => ({ value: tax.id, label: tax.name })),
              { value: '', label: t('sell.open.noTax') },
            ]}
          />
        )}
        <Button type="submit" size="lg" data-testid="apply">
          {t('sell.open.add')}
        </Button>
      </Stack>
    </form>
  );
}

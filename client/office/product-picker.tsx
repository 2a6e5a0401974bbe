import { ActionIcon, Button, Group, Stack, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Product } from '../../schema/product.ts';
import { useDevice } from '../app/contexts.ts';
import type { PromotionForm } from './promotion-form.ts';

type Chosen = PromotionForm['products'];

interface ProductPickerProps {
  readonly chosen: Chosen;
  readonly onChange: (chosen: Chosen) => void;
  /** True where it matters how many of each. */
  readonly counted: boolean;
  readonly error: string | null;
  readonly disabled: boolean;
}

/** Products offered while somebody types. */
const FOUND_MAX = 6;

/** Chooses products by name or barcode; with how many of each, where that matters. */
export function ProductPicker({ chosen, onChange, counted, error, disabled }: ProductPickerProps) {
  const { t } = useTranslation();
  const { catalogue } = useDevice();
  const [text, setText] = useState('');
  const found =
    text.trim() === '' ? [] : findProducts(catalogue.search(text, { category: '', limit: 30 }), chosen, counted);
  const add = (product: Product) => {
    onChange([...chosen, { productId: product.id, quantity: '1' }]);
    setText('');
  };
  return (
    <Stack gap="xs">
      {chosen.map(({ productId, quantity }, place) => {
        const name = catalogue.product(productId)?.name ?? productId;
        return (
          <Group key={productId} gap="xs" wrap="nowrap" data-testid="picked">
            <span style={{ flex: 1, minWidth: 0 }}>{name}</span>
            {counted && (
              <TextInput
                w="5rem"
                inputMode="numeric"
                aria-label={t('manage.promotions.pieces', { name })}
                value={quantity}
                disabled={disabled}
                onChange={(event) => onChange(chosen.with(place, { productId, quantity: event.currentTarget.value }))}
              />
            )}
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              disabled={disabled}
              aria-label={t('manage.promotions.dropProduct', { name })}
              onClick={() => onChange(chosen.filter((one) => one.productId !== productId))}
            >
              <IconX size={20} />
            </ActionIcon>
          </Group>
        );
      })}
      <TextInput
        label={t('manage.promotions.findProduct')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        error={error}
        disabled={disabled}
        autoComplete="off"
        data-testid="pick-product"
      />
      {found.map((product) => (
        <Button
          key={product.id}
          variant="default"
          justify="flex-start"
          leftSection={<IconPlus size={18} aria-hidden="true" />}
          onClick={() => add(product)}
          data-testid="pick-found"
        >
          {product.name}
        </Button>
      ))}
    </Stack>
  );
}

/** What is weighed is no piece of a bundle. */
function findProducts(products: readonly Product[], chosen: Chosen, counted: boolean): readonly Product[] {
  const taken = new Set(chosen.map(({ productId }) => productId));
  return products.filter(({ id, unitScale }) => !taken.has(id) && !(counted && unitScale !== 1)).slice(0, FOUND_MAX);
}

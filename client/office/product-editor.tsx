import { Button, Stack, Switch, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Edit } from '../../schema/edit.ts';
import type { Product } from '../../schema/product.ts';
import { useDevice } from '../app/contexts.ts';
import { useSay } from '../app/messages.tsx';
import { useFormat } from '../app/use-format.ts';
import { type FormField, type ProductForm, productPatch } from './product-patch.ts';
import { ProductPicture } from './product-picture.tsx';

/** Picture, name, price, barcodes and SKU of one product. Only what was changed becomes an edit. */
export function ProductEditor({ product, mayEdit }: { product: Product; mayEdit: boolean }) {
  const { t } = useTranslation();
  const { office } = useDevice();
  const format = useFormat();
  const say = useSay();
  const [form, setForm] = useState<ProductForm>(() => ({
    name: product.name,
    price: format.editable(product.price),
    barcodes: product.barcodes.join(' '),
    sku: product.sku ?? '',
    limited: product.limited ?? false,
  }));
  const [bad, setBad] = useState<FormField | null>(null);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const patch = productPatch(product, form, format.parseMoney);
    setBad('bad' in patch ? patch.bad : null);
    if ('bad' in patch) return;
    if (Object.keys(patch).length === 0) return say({ tone: 'info', text: t('office.products.unchanged') });
    const answer = await office.editProduct(product.id, patch as Edit['patch']);
    if (!answer.ok) say({ tone: 'warning', text: t(`office.products.fault.${answer.error}`) });
  };
  const input = (field: FormField, error: string) => ({
    value: form[field],
    onChange: (event: { currentTarget: { value: string } }) => setForm({ ...form, [field]: event.currentTarget.value }),
    error: bad === field ? error : null,
    disabled: !mayEdit,
    autoComplete: 'off',
  });
  return (
    <form onSubmit={(event) => void save(event)} noValidate data-testid="product-editor">
      <Stack gap="sm">
        <ProductPicture product={product} mayEdit={mayEdit} />
        <TextInput
          label={t('office.products.name')}
          {...input('name', t('office.products.badName'))}
          data-testid="edit-name"
        />
        <TextInput
          label={`${t('office.products.price')} (${format.currency.code})`}
          inputMode="decimal"
          {...input('price', t('office.products.badPrice'))}
          data-testid="edit-price"
        />
        <TextInput
          label={t('office.products.barcodes')}
          description={t('office.products.barcodesHint')}
          {...input('barcodes', t('office.products.badBarcode'))}
          data-testid="edit-barcodes"
        />
        <TextInput
          label={t('sell.sku.label')}
          description={t('sell.sku.hint')}
          {...input('sku', t('sell.sku.bad'))}
          data-testid="edit-sku"
        />
        <Switch
          label={t('shares.field')}
          description={t('shares.fieldHelp')}
          checked={form.limited}
          onChange={(event) => setForm({ ...form, limited: event.currentTarget.checked })}
          disabled={!mayEdit}
          data-testid="edit-limited"
        />
        <Button type="submit" disabled={!mayEdit} data-testid="edit-save">
          {t('office.products.save')}
        </Button>
      </Stack>
    </form>
  );
}

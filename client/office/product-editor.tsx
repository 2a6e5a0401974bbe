import { Button, Stack } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProductId } from '../../schema/ids.ts';
import type { Product } from '../../schema/product.ts';
import { useDevice } from '../app/contexts.ts';
import { useSay } from '../app/messages.tsx';
import { useLive } from '../app/use-live.ts';
import { ProductFields } from './product-fields.tsx';
import { type FormField, newProduct, productForm, productPatch } from './product-patch.ts';
import { ProductPicture } from './product-picture.tsx';
import { takenBarcode } from './taken-barcode.ts';
import { useProductReader } from './use-product-reader.ts';
import { changesBack, writeChanges } from './write-changes.ts';

interface ProductEditorProps {
  /** Undefined for one that is to be made. */
  readonly product: Product | undefined;
  readonly mayEdit: boolean;
  readonly onMade: (id: ProductId) => void;
}

/** One product with its picture. Only what was changed becomes an edit, which can be taken back. */
export function ProductEditor({ product, mayEdit, onMade }: ProductEditorProps) {
  const { t } = useTranslation();
  const { company } = useDevice();
  const reader = useProductReader();
  // Most of what a shop sells has the same tax.
  const usualTax = useLive(company.rules)?.taxes[0]?.id ?? '';
  const [form, setForm] = useState(() => productForm(product, usualTax, reader));
  const [bad, setBad] = useState<FormField | null>(null);
  const save = useSaveProduct(product, onMade);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const read = product ? productPatch(product, form, reader) : newProduct(form, reader);
    setBad('bad' in read ? (read.bad as FormField) : null);
    if (!('bad' in read)) void save(read as Parameters<typeof save>[0]);
  };
  return (
    <form onSubmit={submit} noValidate data-testid="product-editor">
      <Stack gap="sm">
        {product && <ProductPicture product={product} mayEdit={mayEdit} />}
        <ProductFields
          {...{ form, bad, product }}
          change={(part) => setForm({ ...form, ...part })}
          disabled={!mayEdit}
        />
        <Button type="submit" disabled={!mayEdit} data-testid="edit-save">
          {t('office.products.save')}
        </Button>
      </Stack>
    </form>
  );
}

function useSaveProduct(product: Product | undefined, onMade: (id: ProductId) => void) {
  const { t } = useTranslation();
  const { masterData, catalogue } = useDevice();
  const say = useSay();
  const ignored = () => undefined;
  return async (patch: Parameters<typeof masterData.editProducts>[0][number]['patch']) => {
    const taken = takenBarcode((patch.barcodes ?? []) as string[], product?.id, catalogue.byBarcode);
    if (taken)
      return say({
        tone: 'warning',
        text: t('catalogue.barcodeTaken', { code: taken.code, name: taken.product.name }),
      });
    if (Object.keys(patch).length === 0) return say({ tone: 'info', text: t('office.products.unchanged') });
    const id = product?.id ?? (masterData.newId() as ProductId);
    const changes = [{ id, patch, make: product === undefined }];
    const back = changesBack(changes, catalogue.edited);
    const { fault } = await writeChanges(masterData, changes, ignored);
    if (fault !== null && fault !== 'stopped') return say({ tone: 'warning', text: t(`manage.fault.${fault}`) });
    const undo = { label: t('manage.undo'), act: () => void writeChanges(masterData, back, ignored) };
    const text = product ? t('manage.saved') : t('catalogue.made', { name: String(patch.name) });
    say({ tone: 'info', text, action: undo });
    if (!product) onMade(id);
  };
}

import { useTranslation } from 'react-i18next';
import { differingKeys } from '../../schema/merge-by-key.ts';
import type { Product } from '../../schema/product.ts';
import type { ProductChange } from '../device/master-data.ts';
import { useFieldText } from './use-field-text.ts';

/** What a change does to a product, field by field: `Price: Rp 7.000 → Rp 7.500`. Of one that is made, what it will be. */
export function useChangeText(): (
  product: Product | undefined,
  change: Pick<ProductChange, 'patch' | 'make'>,
) => string {
  const { t } = useTranslation();
  const fields = useFieldText();
  return (product, { patch, make }) => {
    if (make) return patch.price === undefined ? '' : fields.value('price', patch.price);
    const texts = Object.entries(patch).map(([field, value]) => {
      const [from, to] = differingKeys(field, [product?.[field as keyof Product], value]);
      const values = { from: fields.value(field, from), to: fields.value(field, to) };
      return t('catalogue.bulk.row', { name: fields.name(field), ...values });
    });
    return texts.join(', ');
  };
}

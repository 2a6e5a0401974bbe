import { Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProductId } from '../../schema/ids.ts';
import { useDevice } from '../app/contexts.ts';

interface ProductFilterProps {
  readonly chosen: ProductId | undefined;
  readonly onChoose: (product: ProductId | undefined) => void;
}

/** Offered at once; another letter finds sooner. */
const OFFERED_MAX = 8;

/** Chooses one product by name or barcode, or all of them. */
export function ProductFilter({ chosen, onChoose }: ProductFilterProps) {
  const { t } = useTranslation();
  const { catalogue } = useDevice();
  const [text, setText] = useState('');
  const found = catalogue.search(text, { category: '', limit: OFFERED_MAX });
  const exact = catalogue.byBarcode(text.trim());
  const own = chosen && catalogue.product(chosen);
  const offered = new Map(
    [...(own ? [own] : []), ...(exact ? [exact] : []), ...found].map(({ id, name }) => [id, name]),
  );
  return (
    <Select
      label={t('moves.list.product')}
      placeholder={t('moves.list.anyProduct')}
      data={[...offered].map(([value, label]) => ({ value, label }))}
      // What is offered was found already, by barcode too.
      filter={({ options }) => options}
      value={chosen ?? null}
      onChange={(next) => onChoose((next as ProductId | null) ?? undefined)}
      searchable
      clearable
      onSearchChange={setText}
      data-testid="filter-product"
    />
  );
}

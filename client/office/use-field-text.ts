import { useTranslation } from 'react-i18next';
import type { FieldConflict } from '../../schema/edit.ts';
import type { Money } from '../../schema/money.ts';
import { useFormat } from '../app/use-format.ts';

/** Fields and values of a product, as people call them. */
export interface FieldText {
  name(field: string): string;
  value(field: string, raw: unknown): string;
  pair(field: string, raw: unknown): string;
  conflict(conflict: FieldConflict): string;
}

export function useFieldText(): FieldText {
  const { t } = useTranslation();
  const format = useFormat();
  const name = (field: string) => t(`office.products.field.${isNamed(field) ? field : 'other'}`);
  const value = (field: string, raw: unknown) => {
    // A hash says nothing to a person.
    if (field === 'image') return t(raw ? 'office.products.newPicture' : 'office.products.noPicture');
    if (field === 'price' && typeof raw === 'number') return format.money(raw as Money);
    return (Array.isArray(raw) ? raw.join(' ') : String(raw ?? '')) || '–';
  };
  return {
    name,
    value,
    pair: (field, raw) => `${name(field)} ${value(field, raw)}`,
    conflict: ({ field, mine, theirs }) =>
      t('office.products.conflict', { field: name(field), mine: value(field, mine), theirs: value(field, theirs) }),
  };
}

const NAMED = ['name', 'price', 'barcodes', 'sku', 'image'] as const;

function isNamed(field: string): field is (typeof NAMED)[number] {
  return NAMED.some((name) => name === field);
}

import { NativeSelect, Switch, TextInput } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { TaxDoc } from '../../schema/company.ts';
import type { Product } from '../../schema/product.ts';
import { useDevice } from '../app/contexts.ts';
import { useFormat } from '../app/use-format.ts';
import { useLive } from '../app/use-live.ts';
import { FaultNote } from '../ui/fault-note.tsx';
import { BranchPrices } from './branch-prices.tsx';
import type { FormField, ProductForm } from './product-patch.ts';

interface ProductFieldsProps {
  readonly form: ProductForm;
  readonly change: (part: Partial<ProductForm>) => void;
  readonly bad: FormField | null;
  readonly disabled: boolean;
  /** Undefined for one that is to be made. */
  readonly product?: Product | undefined;
}

/** Fields of one text. */
type TypedField = Exclude<FormField, `price:${string}`>;

/** Pieces, and kilograms by the gram; another unit is shown where a product has it. */
const UNITS = [1, 1_000];

/** All that a person says of a product, but for its picture. */
export function ProductFields(props: ProductFieldsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { form, change, bad, disabled } = props;
  const input = (field: TypedField, error: string) => ({
    value: form[field],
    onChange: (event: { currentTarget: { value: string } }) => change({ [field]: event.currentTarget.value }),
    error: bad === field ? error : null,
    disabled,
    autoComplete: 'off',
    'data-testid': `edit-${field}`,
  });
  return (
    <>
      <TextInput label={t('office.products.name')} {...input('name', t('office.products.badName'))} />
      <TextInput
        label={`${t('office.products.price')} (${format.currency.code})`}
        inputMode="decimal"
        {...input('price', t('office.products.badPrice'))}
      />
      <BranchPrices form={form} change={change} bad={bad} disabled={disabled} />
      <TextInput
        label={t('office.products.barcodes')}
        description={t('office.products.barcodesHint')}
        {...input('barcodes', t('office.products.badBarcode'))}
      />
      <CategoryInput {...input('category', t('catalogue.badCategory'))} />
      <UnitAndTax {...props} />
      <TextInput
        label={t('catalogue.reorder')}
        description={t('catalogue.reorderHint')}
        inputMode="decimal"
        {...input('reorder', t('catalogue.badReorder'))}
      />
      <TextInput label={t('sell.sku.label')} description={t('sell.sku.hint')} {...input('sku', t('sell.sku.bad'))} />
      <Switch
        label={t('shares.field')}
        description={t('shares.fieldHelp')}
        checked={form.limited}
        onChange={(event) => change({ limited: event.currentTarget.checked })}
        disabled={disabled}
        data-testid="edit-limited"
      />
      <Switch
        label={t('catalogue.sold')}
        description={t('catalogue.soldHelp')}
        checked={form.active}
        onChange={(event) => change({ active: event.currentTarget.checked })}
        disabled={disabled}
        data-testid="edit-active"
      />
    </>
  );
}

/** A category as typed, with those that are there to choose from. */
function CategoryInput(input: React.ComponentProps<typeof TextInput>) {
  const { t } = useTranslation();
  const { catalogue } = useDevice();
  const id = useId();
  return (
    <>
      <TextInput {...input} label={t('catalogue.category')} description={t('catalogue.categoryHint')} list={id} />
      <datalist id={id}>
        {catalogue.categories().map(({ category }) => (
          <option key={category} value={category} />
        ))}
      </datalist>
    </>
  );
}

function UnitAndTax({ form, change, disabled, product }: ProductFieldsProps) {
  const { t } = useTranslation();
  const taxes = useTaxChoices(form.taxId);
  const unitText = (scale: number) =>
    scale === 1
      ? t('catalogue.units.piece')
      : scale === 1_000
        ? t('catalogue.units.kilo')
        : t('catalogue.units.other', { count: scale });
  return (
    <>
      <NativeSelect
        label={t('catalogue.unit')}
        data={[...new Set([...UNITS, form.unitScale])].map((scale) => ({
          value: String(scale),
          label: unitText(scale),
        }))}
        value={String(form.unitScale)}
        onChange={(event) => change({ unitScale: Number(event.currentTarget.value) })}
        disabled={disabled}
        data-testid="edit-unit"
      />
      {product && <OtherUnit product={product} unitScale={form.unitScale} />}
      <NativeSelect
        label={t('catalogue.tax')}
        data={taxes}
        value={form.taxId}
        onChange={(event) => change({ taxId: event.currentTarget.value })}
        disabled={disabled}
        data-testid="edit-tax"
      />
    </>
  );
}

/** In another unit the same counters say something else: 20 pieces are 20 grams. Nobody should find that out at the shelf. */
function OtherUnit({ product, unitScale }: { product: Product; unitScale: number }) {
  const { t } = useTranslation();
  const { stock } = useDevice();
  const format = useFormat();
  useLive(stock.version);
  const onHand = stock.onHand(product.id);
  if (unitScale === product.unitScale || onHand === 0) return null;
  const quantities = { now: format.quantity(onHand, product.unitScale), later: format.quantity(onHand, unitScale) };
  return <FaultNote text={t('catalogue.otherUnit', quantities)} />;
}

/** The shop's taxes, none, and the one that a product names. */
export function useTaxChoices(present: string): readonly { readonly value: string; readonly label: string }[] {
  const { t } = useTranslation();
  const taxes = useLive(useDevice().company.all).filter((doc): doc is TaxDoc => doc.kind === 'tax');
  const choices = [
    { value: '', label: t('catalogue.noTax') },
    ...taxes.map(({ tax }) => ({ value: tax.id, label: tax.name })),
  ];
  return choices.some(({ value }) => value === present) ? choices : [...choices, { value: present, label: present }];
}

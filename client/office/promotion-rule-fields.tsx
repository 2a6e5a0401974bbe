import { Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PromotionRule } from '../../schema/promotion.ts';
import { BUNDLE_PRODUCTS_MAX, PROMOTION_PRODUCTS_MAX } from '../../schema/promotion.ts';
import { useDevice } from '../app/contexts.ts';
import { useFormat } from '../app/use-format.ts';
import { ProductPicker } from './product-picker.tsx';
import type { PromotionFault, PromotionForm } from './promotion-form.ts';

export interface PromotionFieldsProps {
  readonly form: PromotionForm;
  readonly change: (part: Partial<PromotionForm>) => void;
  readonly bad: PromotionFault | null;
  readonly disabled: boolean;
}

const TYPES: readonly PromotionRule['type'][] = ['buy-get', 'percent', 'amount', 'price', 'bundle'];

/** What a promotion gives, and on what. */
export function PromotionRuleFields(props: PromotionFieldsProps) {
  const { t } = useTranslation();
  const { form, change, disabled } = props;
  return (
    <Stack gap="sm">
      <NativeSelect
        label={t('manage.promotions.type')}
        data={TYPES.map((value) => ({ value, label: t(`manage.promotions.types.${value}`) }))}
        value={form.type}
        disabled={disabled}
        onChange={(event) => change({ type: event.currentTarget.value as PromotionRule['type'] })}
        data-testid="promotion-type"
      />
      {form.type === 'buy-get' && <CountFields {...props} />}
      {(form.type === 'buy-get' || form.type === 'percent') && <PercentField {...props} />}
      {form.type !== 'buy-get' && form.type !== 'percent' && <MoneyField {...props} />}
      {form.type === 'bundle' ? <ProductsField {...props} counted /> : <TargetFields {...props} />}
    </Stack>
  );
}

function CountFields({ form, change, bad, disabled }: PromotionFieldsProps) {
  const { t } = useTranslation();
  return (
    <Group grow align="flex-start">
      {(['buy', 'get'] as const).map((field) => (
        <TextInput
          key={field}
          label={t(`manage.promotions.${field}`)}
          inputMode="numeric"
          value={form[field]}
          onChange={(event) => change({ [field]: event.currentTarget.value })}
          error={bad === 'count' ? t('manage.promotions.bad.count') : null}
          disabled={disabled}
          data-testid={`promotion-${field}`}
        />
      ))}
    </Group>
  );
}

function PercentField({ form, change, bad, disabled }: PromotionFieldsProps) {
  const { t } = useTranslation();
  return (
    <TextInput
      label={t(form.type === 'buy-get' ? 'manage.promotions.getPercent' : 'manage.promotions.percent')}
      inputMode="decimal"
      value={form.percent}
      onChange={(event) => change({ percent: event.currentTarget.value })}
      error={bad === 'percent' ? t('manage.promotions.bad.percent') : null}
      disabled={disabled}
      data-testid="promotion-percent"
    />
  );
}

function MoneyField({ form, change, bad, disabled }: PromotionFieldsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const label = { amount: 'manage.promotions.amount', bundle: 'manage.promotions.bundlePrice' } as const;
  const key = form.type === 'amount' || form.type === 'bundle' ? label[form.type] : 'manage.promotions.price';
  return (
    <TextInput
      label={`${t(key)} (${format.currency.code})`}
      inputMode="decimal"
      value={form.money}
      onChange={(event) => change({ money: event.currentTarget.value })}
      error={bad === 'amount' || bad === 'price' ? t(`manage.promotions.bad.${bad}`) : null}
      disabled={disabled}
      data-testid="promotion-money"
    />
  );
}

function TargetFields(props: PromotionFieldsProps) {
  const { t } = useTranslation();
  const { catalogue } = useDevice();
  const { form, change, bad, disabled } = props;
  const categories = catalogue.categories().map(({ category }) => category);
  return (
    <>
      <NativeSelect
        label={t('manage.promotions.target')}
        data={(['all', 'category', 'products'] as const).map((value) => ({
          value,
          label: t(`manage.promotions.targets.${value}`),
        }))}
        value={form.target}
        disabled={disabled}
        onChange={(event) => change({ target: event.currentTarget.value as PromotionForm['target'] })}
        data-testid="promotion-target"
      />
      {form.target === 'category' && (
        <NativeSelect
          label={t('manage.promotions.category')}
          data={['', ...new Set([...categories, form.category].filter(Boolean))]}
          value={form.category}
          error={bad === 'category' ? t('manage.promotions.bad.category') : null}
          disabled={disabled}
          onChange={(event) => change({ category: event.currentTarget.value })}
          data-testid="promotion-category"
        />
      )}
      {form.target === 'products' && <ProductsField {...props} counted={false} />}
    </>
  );
}

function ProductsField({ form, change, bad, disabled, counted }: PromotionFieldsProps & { counted: boolean }) {
  const { t } = useTranslation();
  const max = counted ? BUNDLE_PRODUCTS_MAX : PROMOTION_PRODUCTS_MAX;
  const fault = bad === 'products' || (counted && bad === 'count') ? bad : null;
  return (
    <ProductPicker
      chosen={form.products}
      onChange={(products) => change({ products })}
      counted={counted}
      error={fault && t(`manage.promotions.bad.${fault}`, { max })}
      disabled={disabled}
    />
  );
}

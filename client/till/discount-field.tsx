import { SegmentedControl, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../app/use-format.ts';
import styles from './discount-field.module.css';
import type { DiscountInput } from './discount-input.ts';

interface DiscountFieldProps {
  readonly label: string;
  readonly value: DiscountInput;
  readonly onChange: (value: DiscountInput) => void;
  readonly fault: 'amount' | 'percent' | null;
}

/** None, an amount, or a percentage. */
export function DiscountField({ label, value, onChange, fault }: DiscountFieldProps) {
  const { t } = useTranslation();
  const { grouped } = useFormat();
  const textOf = (field: HTMLInputElement) => (value.kind === 'amount' ? grouped(field, value.text) : field.value);
  const kinds = [
    { value: 'none', label: t('till.line.noDiscount') },
    { value: 'percent', label: t('till.line.percent') },
    { value: 'amount', label: t('till.line.amount') },
  ];
  const error = fault === 'amount' ? t('till.line.badAmount') : fault === 'percent' ? t('till.line.badPercent') : null;
  return (
    <fieldset className={styles.root}>
      <legend className={styles.legend}>{label}</legend>
      <SegmentedControl
        fullWidth
        data={kinds}
        value={value.kind}
        onChange={(kind) => onChange({ kind: kind as DiscountInput['kind'], text: '' })}
        aria-label={label}
      />
      {value.kind !== 'none' && (
        <TextInput
          // Each kind has a field of its own, so that whoever chooses one by the arrow keys types its value next.
          key={value.kind}
          label={t(value.kind === 'amount' ? 'till.line.amount' : 'till.line.percent')}
          value={value.text}
          onChange={(event) => onChange({ ...value, text: textOf(event.currentTarget) })}
          inputMode="decimal"
          autoComplete="off"
          autoFocus
          error={error}
          data-testid="discount-input"
        />
      )}
    </fieldset>
  );
}

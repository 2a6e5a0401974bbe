import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../app/use-format.ts';

interface MoneyFieldProps {
  readonly label: string;
  readonly typed: string;
  readonly onType: (typed: string) => void;
  /** Says what is wrong only once it was asked for. */
  readonly asked: boolean;
  readonly testId: string;
}

/** An amount of money of 0 or more, as it is typed. */
export function MoneyField({ label, typed, onType, asked, testId }: MoneyFieldProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const amount = format.parseMoney(typed);
  return (
    <TextInput
      label={label}
      value={typed}
      onChange={(event) => onType(event.currentTarget.value)}
      onFocus={(event) => event.currentTarget.select()}
      inputMode={format.currency.digits === 0 ? 'numeric' : 'decimal'}
      autoComplete="off"
      size="lg"
      error={asked && (amount === null || amount < 0) ? t('shift.badAmount') : null}
      data-autofocus
      data-testid={testId}
    />
  );
}

import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../app/use-format.ts';

interface MoneyFieldProps {
  readonly label: string;
  readonly typed: string;
  readonly onType: (typed: string) => void;
  /** Says what is wrong only once it was asked for. */
  readonly asked: boolean;
  /** The least amount that makes sense, in minor units; 0 where it is left out. */
  readonly least?: 0 | 1;
  readonly testId: string;
}

/** An amount of money, as it is typed. */
export function MoneyField({ label, typed, onType, asked, least = 0, testId }: MoneyFieldProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const amount = format.parseMoney(typed);
  return (
    <TextInput
      label={label}
      value={typed}
      onChange={(event) => onType(format.grouped(event.currentTarget, typed))}
      onFocus={(event) => event.currentTarget.select()}
      inputMode={format.currency.digits === 0 ? 'numeric' : 'decimal'}
      autoComplete="off"
      size="lg"
      error={
        asked && (amount === null || amount < least) ? t(least === 0 ? 'shift.badAmount' : 'shift.noAmount') : null
      }
      data-autofocus
      data-testid={testId}
    />
  );
}

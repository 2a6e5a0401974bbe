import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../app/use-format.ts';

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

interface HourFieldProps {
  readonly label: string;
  /** The hour as a number; empty for none. */
  readonly value: string;
  readonly onChange: (hour: string) => void;
  /** What is wrong with it. */
  readonly bad: string | null;
  /** What no hour means; "None" where it is left out. */
  readonly none?: string;
  readonly testId?: string;
}

/** An hour of the day, or none. */
export function HourField({ label, value, onChange, bad, none, testId }: HourFieldProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <NativeSelect
      label={label}
      data={[
        { value: '', label: none ?? t('manage.settings.noHour') },
        ...HOURS.map((hour) => ({
          value: String(hour),
          label: t('manage.settings.hour', { hour: String(hour).padStart(2, '0') }),
        })),
      ]}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={bad}
      lang={language}
      data-testid={testId}
    />
  );
}

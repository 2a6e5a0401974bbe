import { useTranslation } from 'react-i18next';
import { useFormat } from '../app/use-format.ts';
import type { MissingNumbers } from '../device/missing-numbers.ts';

/** Which numbers of a journal are missing, and between which receipts. */
export function useMissingText(): (gap: MissingNumbers) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return ({ from, to, after, before }) => {
    const count = to - from + 1;
    const numbers = t('exceptions.evidence.missing', { count, formatted: format.count(count), from, to });
    if (after && before) return `${numbers} ${t('exceptions.evidence.between', { after, before })}`;
    return before ? `${numbers} ${t('exceptions.evidence.before', { before })}` : numbers;
  };
}

import { useTranslation } from 'react-i18next';
import { QUANTITY_MAX } from '../../schema/limits.ts';
import { useFormat } from '../app/use-format.ts';
import type { MoveLine } from './move-list.ts';

/** Names the product of a line whose number is none, and what it may be (MOV6). */
export function useBadLine(): (line: Pick<MoveLine, 'product'>, what: 'badCount' | 'badArrival') => string {
  const { t } = useTranslation();
  const format = useFormat();
  return ({ product: { name, unitScale } }, what) =>
    t(`goods.move.${what}`, { name, max: format.quantity(QUANTITY_MAX, unitScale) });
}

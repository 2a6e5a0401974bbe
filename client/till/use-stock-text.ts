import { useTranslation } from 'react-i18next';
import { useFormat } from '../app/use-format.ts';

/** Stock in words: none left is said, not only counted. */
export function useStockText(): (onHand: number, unitScale: number) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return (onHand, unitScale) => {
    const quantity = format.quantity(onHand, unitScale);
    if (onHand === 0) return t('till.stock.none');
    return onHand > 0 ? t('till.stock.some', { quantity }) : t('till.stock.below', { quantity });
  };
}

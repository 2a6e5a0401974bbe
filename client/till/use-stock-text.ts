import { useTranslation } from 'react-i18next';
import { useFormat } from '../app/use-format.ts';

/** Stock as a tile shows it. */
export interface StockText {
  readonly text: string;
  /** None left, or fewer: worth a sign. */
  readonly low: boolean;
}

/** Stock in words, of a limited product this till's share: none left is said, not only counted; before the first counters have come (`ready`), nothing is claimed. */
export function useStockText(ready: boolean): (onHand: number, unitScale: number, isShare?: boolean) => StockText {
  const { t } = useTranslation();
  const format = useFormat();
  return (onHand, unitScale, isShare = false) => {
    const quantity = format.quantity(onHand, unitScale);
    if (isShare) return { text: onHand > 0 ? t('shares.left', { quantity }) : t('shares.none'), low: onHand <= 0 };
    if (onHand > 0) return { text: t('till.stock.some', { quantity }), low: false };
    if (!ready) return { text: t('till.stock.coming'), low: false };
    return { text: onHand === 0 ? t('till.stock.none') : t('till.stock.below', { quantity }), low: true };
  };
}

import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type Format, useFormat } from '../app/use-format.ts';

/** Stock as a tile shows it. */
export interface StockText {
  readonly text: string;
  /** None left, or fewer: worth a sign. */
  readonly low: boolean;
}

/** Stock in words, of a limited product this till's share: none left is said, not only counted; before the first counters have come (`ready`), nothing is claimed. */
export type SayStock = (onHand: number, unitScale: number, isShare?: boolean) => StockText;

/** The same function as long as language, currency and `ready` are. */
export function useStockText(ready: boolean): SayStock {
  const { t } = useTranslation();
  const format = useFormat();
  return useMemo(() => sayStock(t, format, ready), [t, format, ready]);
}

function sayStock(t: TFunction, format: Format, ready: boolean): SayStock {
  return (onHand, unitScale, isShare = false) => {
    const quantity = format.quantity(onHand, unitScale);
    if (isShare) return { text: onHand > 0 ? t('shares.left', { quantity }) : t('shares.none'), low: onHand <= 0 };
    if (onHand > 0) return { text: t('till.stock.some', { quantity }), low: false };
    if (!ready) return { text: t('till.stock.coming'), low: false };
    return { text: onHand === 0 ? t('till.stock.none') : t('till.stock.below', { quantity }), low: true };
  };
}

import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type Format, useFormat } from '../app/use-format.ts';
import { type SayStock, useStockText } from './use-stock-text.ts';

/** All that tiles say, for dozens of them at once: asking for the language and the currency is most of what a tile would cost. */
export interface TileWords extends Pick<Format, 'money' | 'quantity'> {
  readonly stock: SayStock;
  /** What the sign that explains the stock is called. */
  info(name: string): string;
  /** What the star says. */
  readonly marked: string;
}

/** The same object as long as what it says is the same. */
export function useTileWords(ready: boolean): TileWords {
  const { t } = useTranslation();
  const format = useFormat();
  const stock = useStockText(ready);
  return useMemo(() => {
    const { money, quantity } = format;
    const info = (name: string) => t('till.grid.info', { name });
    return { money, quantity, stock, info, marked: t('sell.favourites.is') };
  }, [t, format, stock]);
}

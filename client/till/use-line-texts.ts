import { useTranslation } from 'react-i18next';
import type { CartLine } from '../../schema/receipt.ts';
import { useFormat } from '../app/use-format.ts';
import { useDiscountText } from './use-discount-text.ts';

/** What a line says beside its name and price, each in words: its promotion, discount, shelf price and note. */
export function useLineTexts(): (line: CartLine) => readonly { readonly key: string; readonly text: string }[] {
  const { t } = useTranslation();
  const format = useFormat();
  const discountText = useDiscountText();
  return ({ promotion, discount, listPrice, note }) => [
    ...(listPrice === undefined
      ? []
      : [{ key: 'list', text: t('sell.line.shelf', { price: format.money(listPrice) }) }]),
    ...(promotion ? [{ key: 'promotion', text: promotionText(promotion) }] : []),
    ...(discount ? [{ key: 'discount', text: discountText(discount) }] : []),
    ...(note ? [{ key: 'note', text: `“${note}”` }] : []),
  ];
  function promotionText({ name, amount }: NonNullable<CartLine['promotion']>): string {
    if (amount === 0) return t('sell.promotion.needed', { name });
    return t('sell.promotion.off', { name, amount: format.money(amount) });
  }
}

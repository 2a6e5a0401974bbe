import type { Discount } from '../../schema/totals.ts';
import { useFormat } from '../app/use-format.ts';
import { exactDecimal } from '../ui/format-money.ts';

/** A discount as it was given: `−10%`, `−Rp 2.000`. */
export function useDiscountText(): (discount: Discount) => string {
  const format = useFormat();
  return (discount) => {
    if (discount.type === 'amount') return `−${format.money(discount.amount)}`;
    const percent = exactDecimal(discount.basisPoints, 2).replace(/\.?0+$/, '');
    return `−${format.language === 'id' ? percent.replace('.', ',') : percent}%`;
  };
}

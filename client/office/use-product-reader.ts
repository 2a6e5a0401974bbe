import { useMemo } from 'react';
import { useFormat } from '../app/use-format.ts';
import { decimalMark, exactDecimal } from '../ui/format-money.ts';
import { scaleDigits } from '../ui/format-quantity.ts';
import { parseDecimal } from '../ui/parse-number.ts';
import type { ProductReader } from './product-patch.ts';

/** How this person types money and quantities of products. */
export function useProductReader(): ProductReader {
  const format = useFormat();
  return useMemo(() => {
    const { language, parseMoney, editable } = format;
    return {
      parseMoney,
      editable,
      parseQuantity: (typed, unitScale) => parseDecimal(typed, scaleDigits(unitScale), language),
      editableQuantity: (amount, unitScale) =>
        exactDecimal(amount, scaleDigits(unitScale)).replace('.', decimalMark(language)),
    };
  }, [format]);
}

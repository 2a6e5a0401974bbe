import type { Currency, Money } from '../../schema/money.ts';
import type { Language } from '../../schema/protocol/error.ts';
import { fail, ok, type Result } from '../../schema/result.ts';
import type { Discount } from '../../schema/totals.ts';
import { decimalMark, editableMoney, exactDecimal } from '../ui/format-money.ts';
import { parseDecimal } from '../ui/parse-number.ts';

/** A discount as it is being typed. */
export interface DiscountInput {
  readonly kind: 'none' | Discount['type'];
  readonly text: string;
}

/** The input that shows a discount. */
export function discountInput(discount: Discount | undefined, currency: Currency, language: Language): DiscountInput {
  if (discount === undefined) return { kind: 'none', text: '' };
  if (discount.type === 'amount') return { kind: 'amount', text: editableMoney(discount.amount, currency, language) };
  const percent = exactDecimal(discount.basisPoints, 2).replace(/\.?0+$/, '');
  return { kind: 'percent', text: percent.replace('.', decimalMark(language)) };
}

/** Reads a typed discount. No discount is a success of `undefined`. */
export function readDiscount(
  input: DiscountInput,
  currency: Currency,
  language: Language,
): Result<Discount | undefined, 'amount' | 'percent'> {
  if (input.kind === 'none') return ok(undefined);
  if (input.kind === 'amount') {
    const amount = parseDecimal(input.text, currency.digits, language);
    return amount === null || amount < 0
      ? fail('amount')
      : ok(amount === 0 ? undefined : { type: 'amount', amount: amount as Money });
  }
  const basisPoints = parseDecimal(input.text, 2, language);
  if (basisPoints === null || basisPoints < 0 || basisPoints > 10_000) return fail('percent');
  return ok(basisPoints === 0 ? undefined : { type: 'percent', basisPoints });
}

import { z } from 'zod';

/**
 * Quantities are integers in the product's smallest unit: pieces with `unitScale` 1, grams of a product that is
 * priced by the kilogram with `unitScale` 1000.
 */
export const quantityShape = z.int().brand<'Quantity'>();
export type Quantity = z.infer<typeof quantityShape>;

/** How many smallest units make the unit that the price is for. */
export const unitScaleShape = z.int().min(1).max(1_000_000);

/** Takes an integer as a quantity. Throws RangeError on anything else. */
export function quantity(amount: number): Quantity {
  if (!Number.isSafeInteger(amount)) throw new RangeError(`A quantity must be a safe integer, not ${amount}.`);
  return (amount === 0 ? 0 : amount) as Quantity;
}

import { z } from 'zod';
import { QUANTITY_MAX } from './limits.ts';

/**
 * Quantities are integers in the product's smallest unit: pieces with `unitScale` 1, grams of a product that is
 * priced by the kilogram with `unitScale` 1000.
 */
export const quantityShape = z.int().min(-QUANTITY_MAX).max(QUANTITY_MAX).brand<'Quantity'>();
export type Quantity = z.infer<typeof quantityShape>;

/** How many smallest units make the unit that the price is for. */
export const unitScaleShape = z.int().min(1).max(1_000_000);

/** Takes an integer of at most {@link QUANTITY_MAX} either way as a quantity. Throws RangeError on anything else. */
export function quantity(amount: number): Quantity {
  if (!Number.isInteger(amount) || Math.abs(amount) > QUANTITY_MAX) throw new RangeError(`No quantity: ${amount}.`);
  return (amount === 0 ? 0 : amount) as Quantity;
}

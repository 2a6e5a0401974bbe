import { z } from 'zod';
import { productIdShape } from './ids.ts';
import { moneyShape } from './money.ts';
import { quantityShape } from './quantity.ts';

/** Products that one promotion names. */
export const PROMOTION_PRODUCTS_MAX = 200;
/** Different products in one bundle. */
export const BUNDLE_PRODUCTS_MAX = 10;
/** Pieces in one group of buy and get. */
const GROUP_PIECES_MAX = 100;
/** Minutes of a day. */
export const DAY_MINUTES = 24 * 60;

/** A group of customers, e.g. `member`. */
export const customerGroupShape = z.string().regex(/^[a-z0-9-]{1,20}$/);

/** A day of the shop's own calendar, `2026-12-31`. */
export const localDateShape = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/);
const minuteOfDay = z.int().min(0).max(DAY_MINUTES);

/** What a promotion is about. */
export const promotionTargetShape = z.discriminatedUnion('of', [
  z.object({ of: z.literal('products'), products: z.array(productIdShape).min(1).max(PROMOTION_PRODUCTS_MAX) }),
  z.object({ of: z.literal('category'), category: z.string().min(1).max(60) }),
  z.object({ of: z.literal('all') }),
]);
export type PromotionTarget = z.infer<typeof promotionTargetShape>;

const basisPoints = z.int().min(1).max(10_000);
const pieces = z.int().min(1).max(GROUP_PIECES_MAX);

/** What a promotion gives. Money is per unit of the product; a percentage is in basis points (1 % = 100). */
export const promotionRuleShape = z.discriminatedUnion('type', [
  /** Of every `buy + get` pieces the `get` cheapest cost less: 10,000 basis points are for nothing. */
  z.object({ type: z.literal('buy-get'), target: promotionTargetShape, buy: pieces, get: pieces, basisPoints }),
  z.object({ type: z.literal('percent'), target: promotionTargetShape, basisPoints }),
  z.object({ type: z.literal('amount'), target: promotionTargetShape, amount: moneyShape.min(1) }),
  /** A price of its own: for members, for a happy hour. */
  z.object({ type: z.literal('price'), target: promotionTargetShape, price: moneyShape.min(0) }),
  /** These products together cost so much. */
  z.object({
    type: z.literal('bundle'),
    products: z
      .array(z.object({ productId: productIdShape, quantity: quantityShape.min(1) }))
      .min(1)
      .max(BUNDLE_PRODUCTS_MAX),
    price: moneyShape.min(0),
  }),
]);
export type PromotionRule = z.infer<typeof promotionRuleShape>;

/** What people say of a promotion: dated data, evaluated on the till. Dates and hours are the shop's own. */
export const promotionFieldsShape = z.object({
  name: z.string().min(1).max(80),
  /** First and last day. */
  from: localDateShape,
  to: localDateShape,
  /** Days of the week, 1 Monday to 7 Sunday; left out: every day. */
  weekdays: z.array(z.int().min(1).max(7)).max(7).optional(),
  /** Minutes of the day, `from` included, `to` not; over midnight when `from` is the greater. */
  hours: z.object({ from: minuteOfDay, to: minuteOfDay }).optional(),
  /** Only for customers of this group. */
  group: customerGroupShape.optional(),
  rule: promotionRuleShape,
  active: z.boolean(),
});

/** A promotion with the name by which lines and reports know it. */
export type Promotion = z.infer<typeof promotionFieldsShape> & { readonly promotion: string };

import { z } from 'zod';
import { branchIdShape } from '../ids.ts';

/** Rows of one page, unless the caller names another number. */
export const API_LIMIT_DEFAULT = 100;
export const API_LIMIT_MAX = 500;
/** A page beyond it is none of any shop: 500 million rows. */
export const API_PAGE_MAX = 1_000_000;
/** Characters of `updatedSince` and `after`. */
const PLACE_LENGTH_MAX = 80;

const limitShape = z.coerce
  .number()
  .int()
  .min(1)
  .max(API_LIMIT_MAX)
  .default(API_LIMIT_DEFAULT)
  .describe('Rows of one page.');

export const updatedSinceShape = z
  .string()
  .max(PLACE_LENGTH_MAX)
  .optional()
  .describe(
    'Only what changed since: the `position` of an earlier answer (exact), or a time such as 2026-01-31T08:00:00Z ' +
      '(rather a minute too much than too little).',
  );

/** How lists in the order of their ids are asked for. Strict, as every question: a word that is mistyped must not give everything. */
export const pageQueryShape = z.strictObject({
  updatedSince: updatedSinceShape,
  page: z.coerce.number().int().min(1).max(API_PAGE_MAX).default(1).describe('Counted from 1.'),
  limit: limitShape,
});
export type PageQuery = z.infer<typeof pageQueryShape>;

/** How products are asked for. */
export const productsQueryShape = pageQueryShape.extend({
  branch: branchIdShape.optional().describe('Whose prices; left out: those of the token’s own branch.'),
});
export type ProductsQuery = z.infer<typeof productsQueryShape>;

/** How the list of sales is asked for. */
export const logQueryShape = z.strictObject({ updatedSince: updatedSinceShape, limit: limitShape });
export type LogQuery = z.infer<typeof logQueryShape>;

export const positionShape = z
  .string()
  .describe('Where the shop stood: give it as `updatedSince` next time to get what changed after.');

/** What every page says of itself. */
export const pageShape = z.object({
  page: z.int().min(1),
  limit: z.int().min(1),
  total: z.int().min(0).describe('Rows of all pages.'),
  more: z.boolean().describe('True when another page follows.'),
  position: positionShape
    .optional()
    .describe(
      'On the first page alone: where the shop stood when it was read. Give it as `updatedSince` next time, once all pages are read: what ' +
        'changed meanwhile on a page that was read already comes then.',
    ),
});

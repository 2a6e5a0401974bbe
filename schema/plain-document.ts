import type { z } from 'zod';
import { QUANTITY_MAX } from './limits.ts';
import type { productFieldsShape, productShape } from './product.ts';
import type { stockShape } from './stock/counter.ts';

/**
 * Documents that come by the ten thousands are judged here first, in a tenth of the time that their shapes take. What says true has its shape
 * for certain (a test tries); what says false may have it all the same, and is read with it: an unknown field, or a rare one.
 */
type Check = (value: unknown) => boolean;

const text =
  (max: number, min = 0): Check =>
  (value) =>
    typeof value === 'string' && value.length >= min && value.length <= max;
const matches =
  (pattern: RegExp): Check =>
  (value) =>
    typeof value === 'string' && pattern.test(value);
const integer =
  (min: number, max = Number.MAX_SAFE_INTEGER): Check =>
  (value) =>
    Number.isSafeInteger(value) && (value as number) >= min && (value as number) <= max;
const flag: Check = (value) => typeof value === 'boolean';
const list =
  (each: Check, max: number): Check =>
  (value) =>
    Array.isArray(value) && value.length <= max && value.every(each);
const dictionary =
  (key: Check, each: Check): Check =>
  (value) => {
    if (!isObject(value)) return false;
    for (const name in value) if (!key(name) || !each(value[name])) return false;
    return true;
  };

/** Exactly the required fields and any of the optional ones. */
function fields(required: Readonly<Record<string, Check>>, optional: Readonly<Record<string, Check>> = {}): Check {
  const checks = new Map(Object.entries({ ...required, ...optional }));
  const wanted = Object.keys(required);
  return (value) => {
    if (!isObject(value)) return false;
    for (const name in value) if (!checks.get(name)?.(value[name])) return false;
    return wanted.every((name) => Object.hasOwn(value, name));
  };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const COUNT = integer(0);
const PLACE = integer(1);
const BRANCH = matches(/^[a-z0-9][a-z0-9-]{0,31}$/);
const SCOPE = matches(/^(\*|[a-z0-9][a-z0-9-]{0,31})$/);
const PRODUCT_ID = matches(/^[0-9A-Za-z_-]{1,32}$/);

/** True only for what {@link productShape} takes. */
export const isPlainProduct = fields(
  {
    id: PRODUCT_ID,
    scope: SCOPE,
    rev: fields({ epoch: PLACE, n: PLACE }),
    name: text(200, 1),
    price: COUNT,
    barcodes: list(matches(/^[!-~]{1,32}$/), 20),
    category: text(60),
    unitScale: integer(1, 1_000_000),
    taxId: text(16),
    active: flag,
  } satisfies Partial<Record<keyof z.infer<typeof productShape>, Check>>,
  {
    branchPrices: dictionary(BRANCH, COUNT),
    sku: text(32),
    image: matches(/^([0-9a-f]{64})?$/),
    reorderLevel: integer(0, QUANTITY_MAX),
    limited: flag,
  } satisfies Partial<Record<keyof z.infer<typeof productFieldsShape>, Check>>,
);

/** True only for what {@link stockShape} takes. */
export const isPlainStock = fields({
  id: text(80),
  scope: SCOPE,
  branch: BRANCH,
  productId: PRODUCT_ID,
  epoch: PLACE,
  n: PLACE,
  base: fields({ in: COUNT, out: COUNT }),
  counters: dictionary(matches(/^[0-9a-hjkmnp-tv-z]{16}$/), fields({ in: COUNT, out: COUNT, seq: COUNT })),
} satisfies Record<keyof z.infer<typeof stockShape>, Check>);

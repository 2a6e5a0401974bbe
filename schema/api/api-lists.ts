import { z } from 'zod';
import { deviceIdShape, productIdShape, tillCodeShape } from '../ids.ts';
import { productShape } from '../product.ts';
import { deviceRoleShape } from '../roles.ts';
import { pageShape, positionShape } from './paging.ts';

/** A moment as other systems say it, in UTC. */
export const instantShape = z.iso.datetime();

/** A product as other systems see it. Prices are whole minor units of the shop's currency. */
export const apiProductShape = productShape
  .pick({ id: true, name: true, price: true, barcodes: true, category: true, unitScale: true, taxId: true })
  .extend(productShape.pick({ sku: true, image: true, reorderLevel: true, active: true }).shape)
  .extend({
    price: productShape.shape.price.describe('What a unit costs in the token’s branch, or the one asked for.'),
  })
  .extend({ revision: z.string().describe('Another one after each change.') });
export type ApiProduct = z.infer<typeof apiProductShape>;

export const productsAnswerShape = pageShape.extend({ products: z.array(apiProductShape) });
export const countAnswerShape = z.object({ count: z.int().min(0), position: positionShape });

/** A till whose newest sales the server may not have. */
export const silentTillShape = z.object({ till: tillCodeShape, heardAt: instantShape.nullable() });

/** What is on hand of a product, in its smallest units: what the server has of all devices. */
export const apiStockShape = z.object({ productId: productIdShape, onHand: z.int() });
export const stockAnswerShape = pageShape.extend({
  stock: z.array(apiStockShape),
  without: z.array(silentTillShape).describe('Tills not heard from for long: what they sold since is not in it.'),
});

export const apiDeviceShape = z.object({
  id: deviceIdShape,
  till: tillCodeShape,
  name: z.string().optional(),
  role: deviceRoleShape,
  active: z.boolean().describe('False once another took over its till, or it is nobody’s till.'),
  revoked: z.boolean(),
  heardAt: instantShape.nullable(),
});
export const devicesAnswerShape = z.object({ devices: z.array(apiDeviceShape) });

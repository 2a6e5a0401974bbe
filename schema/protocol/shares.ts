import { z } from 'zod';
import { epochShape } from '../epoch.ts';
import { deviceIdShape, entryIdShape, productIdShape, SEQ_MAX, tillCodeShape } from '../ids.ts';
import { SHARE_OPEN_MAX, SHARE_PRODUCTS_MAX } from '../limits.ts';
import { quantityShape } from '../quantity.ts';

/**
 * `POST /api/v1/shares`, since version 3, of a device that sells: it says how far its own journal goes (`through`) and which limited
 * products it knows, with what a customer asks for where it holds too little. What it is allotted it takes over by an entry of its own.
 */
export const sharesRequestShape = z.object({
  through: z.int().min(0).max(SEQ_MAX),
  products: z
    .array(z.object({ productId: productIdShape, need: quantityShape.min(1).optional() }))
    .max(SHARE_PRODUCTS_MAX),
});
export type SharesRequest = z.infer<typeof sharesRequestShape>;

export const openShareShape = z.object({
  allotment: entryIdShape,
  productId: productIdShape,
  quantity: quantityShape.min(1),
});
export type OpenShare = z.infer<typeof openShareShape>;

export const sharesAnswerShape = z.object({
  epoch: epochShape,
  /** What was allotted to the asking device and not taken over, as far as the server knows. */
  open: z.array(openShareShape).max(SHARE_OPEN_MAX),
  /** Devices that have to report before anything is allotted again; 0 in quiet times. */
  awaited: z.int().min(0),
  /** Per product that is limited: what nobody holds, and what one till should hold now. */
  products: z
    .array(z.object({ productId: productIdShape, free: z.int().min(0), fair: z.int().min(1) }))
    .max(SHARE_PRODUCTS_MAX),
});
export type SharesAnswer = z.infer<typeof sharesAnswerShape>;

/** `POST /api/v1/shares/look`, of a device that may edit: who holds what of every product that was ever allotted here. */
export const sharesLookShape = z.object({
  products: z.array(productIdShape).max(SHARE_PRODUCTS_MAX),
});
export type SharesLook = z.infer<typeof sharesLookShape>;

const holderShape = z.object({
  deviceId: deviceIdShape,
  till: tillCodeShape,
  /** Below 0 where it sold more than it held. */
  held: z.int(),
  /** Allotted, and not taken over yet. */
  open: z.int().min(0),
});
export const sharesViewShape = z.object({
  /** After a restore: devices that have to report, or be waived, before anything is allotted. */
  awaited: z.array(z.object({ deviceId: deviceIdShape, till: tillCodeShape })),
  products: z.array(
    z.object({ productId: productIdShape, onHand: z.int(), free: z.int().min(0), holders: z.array(holderShape) }),
  ),
});
export type SharesView = z.infer<typeof sharesViewShape>;

/** `POST /api/v1/shares/written-off`: what a device holds, and what waits for it, does not count any more. */
export const writeOffShareShape = z.object({ deviceId: deviceIdShape, productId: productIdShape });
export type WriteOffShare = z.infer<typeof writeOffShareShape>;

/** `POST /api/v1/shares/waived`: after a restore nobody waits for this device any more. */
export const waiveShareShape = z.object({ deviceId: deviceIdShape });
export type WaiveShare = z.infer<typeof waiveShareShape>;

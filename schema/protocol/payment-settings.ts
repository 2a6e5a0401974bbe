import { z } from 'zod';
import { cashRoundingShape } from '../cash-rounding.ts';
import { personIdShape } from '../ids.ts';
import { QRIS_LENGTH_MAX, readStaticQris } from '../qris.ts';

/**
 * `POST /api/v1/payment-settings`, since version 3, of a device that may edit: how its branch is paid by QRIS, and how the company
 * rounds cash. What is left out stays; null takes it away.
 */
export const paymentSettingsShape = z.object({
  qris: z
    .string()
    .max(QRIS_LENGTH_MAX)
    .refine((text) => readStaticQris(text).ok, 'no static QRIS')
    .nullable()
    .optional(),
  cashRounding: cashRoundingShape.nullable().optional(),
  /** Who says so; since version 4. */
  person: personIdShape.optional(),
});
export type PaymentSettings = z.infer<typeof paymentSettingsShape>;

/** The answer: both as they are now. */
export const paymentSettingsAnswerShape = z.object({
  qris: z.string().nullable(),
  cashRounding: cashRoundingShape.nullable(),
});
export type PaymentSettingsAnswer = z.infer<typeof paymentSettingsAnswerShape>;

import { z } from 'zod';
import { currencyShape, moneyShape } from '../../schema/money.ts';
import { LANGUAGES } from '../../schema/protocol/error.ts';
import { QRIS_LENGTH_MAX } from '../../schema/qris.ts';

/** The newest lines of a cart that a display shows: as many as fit without scrolling. */
export const LINES_SHOWN = 6;
/** Characters of a text on the display. */
const TEXT_MAX = 200;

const text = z.string().max(TEXT_MAX);

/** One line as a customer reads it: no cost, no stock, nobody's name. */
const lineShape = z.object({
  name: text,
  quantity: z.int(),
  unitScale: z.int().min(1),
  amount: moneyShape,
});

const cartShape = z.object({
  /** The newest last, at most {@link LINES_SHOWN}. */
  lines: z.array(lineShape).max(LINES_SHOWN),
  /** How many stand above them. */
  more: z.int().min(0),
  /** What promotions and discounts took off. */
  saved: moneyShape,
  total: moneyShape,
});

const showShape = z.discriminatedUnion('at', [
  z.object({ at: z.literal('idle') }),
  z.object({ at: z.literal('cart'), cart: cartShape }),
  /** Money is being taken: what is left of it. */
  z.object({ at: z.literal('paying'), cart: cartShape, left: moneyShape }),
  /** A phone is asked: the code it reads. */
  z.object({ at: z.literal('qris'), code: z.string().max(QRIS_LENGTH_MAX), merchant: text, amount: moneyShape }),
  z.object({ at: z.literal('thanks'), total: moneyShape, change: moneyShape }),
]);

/** All that a customer display shows; each one whole, so that none needs the one before it. */
export const displayStateShape = z.object({
  language: z.enum(LANGUAGES),
  scheme: z.enum(['light', 'dark', 'auto']),
  shop: z.object({ name: text, branch: text }),
  currency: currencyShape,
  show: showShape,
});
export type DisplayState = z.infer<typeof displayStateShape>;
export type DisplayShow = DisplayState['show'];
export type DisplayCart = z.infer<typeof cartShape>;

/** What goes over the channel: the till says what to show, a display that just opened asks for it. */
const messageShape = z.discriminatedUnion('type', [
  z.object({ type: z.literal('show'), state: displayStateShape }),
  z.object({ type: z.literal('hello') }),
]);
export type DisplayMessage = z.infer<typeof messageShape>;

/** A message of this or another version of the app; null for what is none. */
export function readMessage(data: unknown): DisplayMessage | null {
  const read = messageShape.safeParse(data);
  return read.success ? read.data : null;
}

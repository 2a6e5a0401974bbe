import { z } from 'zod';
import { branchIdShape, personIdShape } from '../ids.ts';
import { provenShape } from './integration.ts';

/** What an address can be told of. */
export const WEBHOOK_EVENTS = ['sale', 'stock.below', 'product.changed', 'device.silent'] as const;
export const webhookEventShape = z.enum(WEBHOOK_EVENTS);
export type WebhookEvent = z.infer<typeof webhookEventShape>;

/** Webhooks of one branch. */
export const WEBHOOKS_MAX = 20;
/** Characters of an address. */
const URL_LENGTH_MAX = 500;

export const webhookIdShape = z
  .string()
  .regex(/^[0-9a-z]{12}$/)
  .brand<'WebhookId'>();
export type WebhookId = z.infer<typeof webhookIdShape>;

/** `POST /api/v1/webhooks`. */
export const newWebhookShape = provenShape.extend({
  url: z.url({ protocol: /^https?$/ }).max(URL_LENGTH_MAX),
  events: z
    .array(webhookEventShape)
    .min(1)
    .max(WEBHOOK_EVENTS.length)
    .refine((events) => new Set(events).size === events.length, 'named twice'),
});
export type NewWebhook = z.infer<typeof newWebhookShape>;

/** Why an address is told nothing any more: it failed too often, it takes less than happens, or a person said so. */
export const webhookEndShape = z.enum(['failures', 'backlog']);

/** A webhook as the office sees it. All times are the server's. */
export const webhookShape = z.object({
  id: webhookIdShape,
  branch: branchIdShape,
  url: z.string(),
  events: z.array(webhookEventShape),
  createdBy: personIdShape,
  createdAt: z.int(),
  disabledAt: z.int().nullable(),
  disabledWhy: webhookEndShape.nullable(),
  /** Attempts that failed since the last that did not. */
  failures: z.int().min(0),
  /** Messages that wait. */
  waiting: z.int().min(0),
  /** Messages that were given up after all attempts. */
  givenUp: z.int().min(0),
  lastAt: z.int().nullable(),
  /** What came of the last attempt: a status of HTTP, or why there was none. */
  lastResult: z.string().max(120).nullable(),
});
export type Webhook = z.infer<typeof webhookShape>;

export const webhooksAnswerShape = z.object({ webhooks: z.array(webhookShape) });
export type WebhooksAnswer = z.infer<typeof webhooksAnswerShape>;

/** The key of its signatures is told here, once. */
export const newWebhookAnswerShape = z.object({ webhook: webhookShape, secret: z.string() });
export type NewWebhookAnswer = z.infer<typeof newWebhookAnswerShape>;

import type { WebhookEvent } from '../../schema/api/webhook.ts';

/** Under which each event has its words: a point in a name would lead the words astray. */
export const EVENT_KEYS = {
  sale: 'integrations.event.sale',
  'stock.below': 'integrations.event.low',
  'product.changed': 'integrations.event.product',
  'device.silent': 'integrations.event.silent',
} as const satisfies Record<WebhookEvent, string>;

import { createHmac } from 'node:crypto';
import type { WebhookId } from '../../schema/api/webhook.ts';
import type { Core } from '../core/core.ts';

/** The key of a webhook's signatures: made from the server's own secret, so that no database holds it. */
export function hookSecret({ secret }: Pick<Core, 'secret'>, id: WebhookId): string {
  return createHmac('sha256', secret).update(`webhook ${id}`).digest('base64url');
}

/** What stands beside a message: when it was sent, and the HMAC-SHA-256 of `<seconds>.<body>` in hexadecimal. */
export function signMessage(secret: string, atMs: number, body: string): string {
  const seconds = Math.floor(atMs / 1000);
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;
}

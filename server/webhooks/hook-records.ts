import { z } from 'zod';
import {
  WEBHOOKS_MAX,
  type Webhook,
  type WebhookEvent,
  webhookEventShape,
  webhookShape,
} from '../../schema/api/webhook.ts';
import type { BranchId, Scope } from '../../schema/ids.ts';
import { scopeShape } from '../../schema/ids.ts';
import type { ReadTx, WriteTx } from '../store/store.ts';

/** A webhook as it is stored: with how far it has been told of each scope. */
export const storedHookShape = webhookShape.extend({ told: z.record(scopeShape, z.int().min(0)) });
export type StoredHook = z.infer<typeof storedHookShape>;

/** One message that waits. The body is made once: every attempt says the same. */
export const deliveryShape = z.object({
  hook: z.string(),
  event: webhookEventShape,
  messageId: z.string(),
  body: z.string(),
  tries: z.int().min(0),
});
export type Delivery = z.infer<typeof deliveryShape>;

/** Messages of one webhook that wait. With more it takes less than happens, and is told nothing any more. */
export const WAITING_MAX = 2_000;
const ALL_BRANCHES_MAX = 100 * WEBHOOKS_MAX;

export async function readHooks(tx: Pick<ReadTx, 'records'>, branch?: BranchId): Promise<readonly StoredHook[]> {
  const records = await tx.records('webhook', { limit: ALL_BRANCHES_MAX });
  const hooks = records.map(({ json }) => storedHookShape.parse(JSON.parse(json)));
  return branch === undefined ? hooks : hooks.filter((hook) => hook.branch === branch);
}

export async function readHook(tx: Pick<ReadTx, 'record'>, id: string): Promise<StoredHook | undefined> {
  const record = await tx.record('webhook', id);
  return record && storedHookShape.parse(JSON.parse(record.json));
}

export function putHook(tx: WriteTx, hook: StoredHook): Promise<void> {
  return tx.putRecord({ kind: 'webhook', id: hook.id, at: hook.createdAt, json: JSON.stringify(hook) });
}

/** A webhook without what is the server's own business. */
export function toWebhook({ told: _told, ...hook }: StoredHook): Webhook {
  return hook;
}

/** Where every scope that a webhook hears of stands now. */
export async function standingNow(tx: ReadTx, scopes: readonly Scope[]): Promise<Record<Scope, number>> {
  const told: Record<Scope, number> = {};
  for (const scope of scopes) told[scope] = (await tx.place(scope)).seq;
  return told;
}

/** What happened, before it becomes a message. */
export interface Happening {
  /** The same for the same change, so that a receiver knows what it has heard. */
  readonly id: string;
  readonly event: WebhookEvent;
  readonly data: object;
}

/** Lets messages wait for a webhook, what waits already not again; gives it as it is now. The caller stores it. */
export async function enqueue(
  tx: WriteTx,
  hook: StoredHook,
  happenings: readonly Happening[],
  at: number,
): Promise<StoredHook> {
  let more = 0;
  for (const { id, event, data } of happenings) {
    if (await tx.record('delivery', `${hook.id}:${id}`)) continue;
    more += 1;
    const body = JSON.stringify({ id, event, at: new Date(at).toISOString(), branch: hook.branch, data });
    const delivery: Delivery = { hook: hook.id, event, messageId: id, body, tries: 0 };
    await tx.putRecord({ kind: 'delivery', id: `${hook.id}:${id}`, at, json: JSON.stringify(delivery) });
  }
  const waiting = hook.waiting + more;
  return waiting > WAITING_MAX ? endHook(tx, hook, 'backlog', at) : { ...hook, waiting };
}

/** Tells a webhook nothing any more: what waits for it is dropped, and a person sees why. The caller stores it. */
export async function endHook(
  tx: WriteTx,
  hook: StoredHook,
  why: NonNullable<Webhook['disabledWhy']>,
  at: number,
): Promise<StoredHook> {
  await dropWaiting(tx, hook);
  return { ...hook, waiting: 0, disabledAt: at, disabledWhy: why };
}

/** Drops everything that waits for a webhook, or that it was told once. */
export async function dropWaiting(tx: WriteTx, { id }: Pick<StoredHook, 'id'>): Promise<void> {
  for (const kind of ['delivery', 'told'] as const) {
    for (const record of await tx.records(kind, { prefix: `${id}:`, limit: DROPPED_MAX }))
      await tx.dropRecord(kind, record.id);
  }
}

/** What was told of is at most every product and device of a branch. */
const DROPPED_MAX = 500_000;

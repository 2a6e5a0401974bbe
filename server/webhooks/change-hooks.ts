import type { Proven } from '../../schema/api/integration.ts';
import {
  type NewWebhook,
  type NewWebhookAnswer,
  WEBHOOKS_MAX,
  type Webhook,
  type WebhookId,
} from '../../schema/api/webhook.ts';
import { base32FromBytes, branchScope, COMPANY_SCOPE } from '../../schema/ids.ts';
import type { ErrorCode } from '../../schema/protocol/error.ts';
import { fail, ok, type Result } from '../../schema/result.ts';
import { findManager, type PeopleFault } from '../core/change-people.ts';
import type { Core } from '../core/core.ts';
import { type Change, recordChange } from '../core/record-change.ts';
import type { StoredDevice, WriteTx } from '../store/store.ts';
import { scopesHeard } from './fill-outbox.ts';
import { dropWaiting, putHook, readHook, readHooks, type StoredHook, standingNow, toWebhook } from './hook-records.ts';
import { hookSecret } from './hook-signature.ts';
import { findAddressFault } from './safe-address.ts';

const ID_LENGTH = 12;
/** As an edit may name a document (schema/edit.ts). */
const DOC_ID_LENGTH_MAX = 80;

export type WebhookFault = PeopleFault | Extract<ErrorCode, 'too-many' | 'address-unsafe'>;

/** Makes a webhook of the branch of the device that asks; it is told of what happens from now on. Its key is told here alone. */
export function createWebhook(
  core: Core,
  device: StoredDevice,
  { by, proof, url, events }: NewWebhook,
  allowed: ReadonlySet<string>,
): Promise<Result<NewWebhookAnswer, WebhookFault>> {
  const { branch } = device;
  const id = base32FromBytes(core.deps.randomBytes(ID_LENGTH)) as WebhookId;
  const createdAt = core.deps.now();
  return core.store.write([COMPANY_SCOPE, branchScope(branch)], async (tx) => {
    const asker = await findManager(tx, branch, by, proof);
    if (!asker.ok) return asker;
    if (findAddressFault(url, allowed) !== null) return fail('address-unsafe');
    if ((await readHooks(tx, branch)).length >= WEBHOOKS_MAX) return fail('too-many');
    const made: Webhook = {
      ...{ id, branch, url, events: [...events], createdBy: by, createdAt, disabledAt: null, disabledWhy: null },
      ...{ failures: 0, waiting: 0, givenUp: 0, lastAt: null, lastResult: null },
    };
    await putHook(tx, { ...made, told: await standingNow(tx, scopesHeard({ branch })) });
    await note(core, tx, device, { url, person: by, patch: { url, events: [...events] } });
    return ok({ webhook: made, secret: hookSecret(core, id) });
  });
}

/** Takes a webhook away with all that waits for it. */
export function removeWebhook(core: Core, device: StoredDevice, id: WebhookId, wish: Proven) {
  return changeHook(core, device, id, { ...wish, active: false }, async (tx, hook) => {
    await dropWaiting(tx, hook);
    await tx.dropRecord('webhook', hook.id);
  });
}

/** Tells a webhook again of what happens, from now on. */
export function enableWebhook(core: Core, device: StoredDevice, id: WebhookId, wish: Proven) {
  return changeHook(core, device, id, { ...wish, active: true }, async (tx, hook) => {
    const told = await standingNow(tx, scopesHeard(hook));
    await putHook(tx, { ...hook, told, disabledAt: null, disabledWhy: null, failures: 0 });
  });
}

function changeHook(
  core: Core,
  device: StoredDevice,
  id: WebhookId,
  { by, proof, active }: Proven & { readonly active: boolean },
  change: (tx: WriteTx, hook: StoredHook) => Promise<void>,
): Promise<Result<Record<string, never>, WebhookFault>> {
  const { branch } = device;
  return core.store.write([COMPANY_SCOPE, branchScope(branch)], async (tx) => {
    const asker = await findManager(tx, branch, by, proof);
    if (!asker.ok) return asker;
    const hook = await readHook(tx, id);
    if (hook?.branch !== branch) return fail('not-found');
    await change(tx, hook);
    await note(core, tx, device, { url: hook.url, person: by, patch: { active } });
    return ok({});
  });
}

/** For the audit: under the host, because an address may be longer than a document's id. */
function note(
  core: Core,
  tx: WriteTx,
  device: StoredDevice,
  { url, ...change }: Pick<Change, 'person' | 'patch'> & { readonly url: string },
): Promise<void> {
  const docId = `webhook:${new URL(url).host}`.slice(0, DOC_ID_LENGTH_MAX);
  return recordChange(core, tx, device, { ...change, docId, base: {} });
}

/** The webhooks of a branch, oldest first. */
export async function listWebhooks(core: Core, { branch }: StoredDevice): Promise<{ webhooks: Webhook[] }> {
  const hooks = await core.store.read((tx) => readHooks(tx, branch));
  return { webhooks: hooks.map(toWebhook) };
}

import { afterEach, beforeEach, expect, test } from 'vitest';
import { type AuditRow, auditPageShape } from '../../schema/protocol/audit.ts';
import { type ApiShop, BUDI, BUDIS_PIN, openApiShop } from '../testing/test-integration.ts';
import { proofOf } from '../testing/test-pins.ts';

let it: ApiShop;
beforeEach(async () => {
  it = await openApiShop(['127.0.0.1']);
});
afterEach(() => it.close());

const proven = { by: BUDI, proof: proofOf(BUDIS_PIN) };
/** Oldest first. */
const audited = async (): Promise<Pick<AuditRow, 'docId' | 'person' | 'base' | 'patch'>[]> => {
  const { rows } = auditPageShape.parse((await it.office('/api/v1/audit')).json);
  const told = rows.map(({ docId, person, base, patch }) => ({ docId, person, base, patch }));
  return told.filter(({ patch }) => !('pin' in patch)).toReversed();
};
const post = (path: string, body: object = {}) => it.office(`/api/v1/${path}`, { method: 'POST', body });

test('[OFFICE20] what is done to a device is in the audit, under who is at the one it is done from', async () => {
  const till = await it.shop.enrol('till', 'K1');
  const docId = `device:${till.device.deviceId}`;
  const said = { waiting: 0, waitingSince: null, lag: 0, storage: null, requests: 1, failedRequests: 0, protocol: 5 };
  await post(`devices/${till.device.deviceId}/name`, { name: 'Front' });
  await post('devices/report', { ...said, at: it.shop.deps.now(), person: BUDI, done: [] });
  await post(`devices/${till.device.deviceId}/name`, { name: 'Front' });
  await post(`devices/${till.device.deviceId}/commands`, { command: 'reset' });
  await post(`devices/${till.device.deviceId}/commands`, { command: 'reset' });
  for (const end of ['revoke', 'lost', 'retire']) await post(`devices/${till.device.deviceId}/${end}`);
  const nobody = it.manager.device.deviceId as string;
  expect(await audited()).toEqual([
    { docId, person: nobody, base: { name: '' }, patch: { name: 'Front' } },
    { docId, person: BUDI, base: {}, patch: { command: 'reset' } },
    ...['revoke', 'lost', 'retire'].map((ended) => ({ docId, person: BUDI, base: {}, patch: { ended } })),
  ]);
});

test('[OFFICE20] tokens and webhooks are in the audit, without what they open', async () => {
  const token = await it.token(['read', 'write']);
  const { integrations } = (await it.office('/api/v1/integrations')).json as { integrations: [{ id: string }] };
  await post(`integrations/${integrations[0].id}/revoke`, proven);
  const url = 'http://127.0.0.1:9/hook';
  const made = (await post('webhooks', { ...proven, url, events: ['sale'] })).json as Made;
  await post(`webhooks/${made.webhook.id}/enable`, proven);
  await post(`webhooks/${made.webhook.id}/remove`, proven);
  const [web, hook] = ['integration:WEB', 'webhook:127.0.0.1:9'].map((docId) => ({ docId, person: BUDI, base: {} }));
  expect(await audited()).toEqual([
    { ...web, patch: { name: 'Web shop', rights: ['read', 'write'] } },
    { ...web, patch: { active: false } },
    { ...hook, patch: { url, events: ['sale'] } },
    ...[true, false].map((active) => ({ ...hook, patch: { active } })),
  ]);
  const text = JSON.stringify(await audited());
  expect([text.includes(token), text.includes(made.secret)]).toEqual([false, false]);
});

interface Made {
  readonly webhook: { readonly id: string };
  readonly secret: string;
}

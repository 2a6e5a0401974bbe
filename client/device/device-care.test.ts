import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { DeviceId, PersonId, TillCode } from '../../schema/ids.ts';
import type { KeptReport } from '../../schema/protocol/device-care.ts';
import { pinsAnswerShape } from '../../schema/protocol/pins.ts';
import { must, ok } from '../../schema/result.ts';
import { createHttp } from '../sync/http.ts';
import type { Device } from './device.ts';
import { createDeviceCare, type DeviceCare } from './device-care.ts';
import { enrolDevice } from './enrol-device.ts';
import { createIntegrations, type Integrations, type IntegrationsDeps } from './integrations.ts';
import { createNodeDeps } from './node-device.ts';
import { inStep, sellOne } from './node-sale.ts';
import { type NodeShop, startNodeShop } from './node-shop.ts';
import { openDevice } from './open-device.ts';
import { pinProof } from './pin-crypto.ts';
import { when } from './when.ts';

/** A till and a manager's device of one shop, with a real server. */
const BUDI = 'budi' as PersonId;
const PATIENCE = { timeout: 20_000, interval: 50 };
let shop: NodeShop;
let till: Device;
let office: { readonly care: DeviceCare; readonly integrations: Integrations };
let clock = () => Date.now();

/** What a manager's device would ask, without its stores: a realm holds one open device. */
async function openOffice(): Promise<typeof office> {
  const slot = createNodeDeps('M1', shop.origin);
  await enrolDevice(slot, { serverAddress: '', code: shop.code('M1') });
  const { credential } = must(await slot.vault.get('enrolment'), 'an enrolment');
  const http = createHttp(slot, () => ({ origin: shop.origin, credential, timeoutMs: 10_000 }));
  const pins = await http.request('GET', '/api/v1/people/pins', undefined, pinsAnswerShape);
  const verifiers = pins.ok ? pins.value.pins : [];
  const prove: IntegrationsDeps['prove'] = async (person, pin) => {
    const verifier = must(
      verifiers.find((one) => one.person === person),
      'a PIN',
    );
    return ok(await pinProof(slot.subtle, pin ?? '', verifier));
  };
  return { care: createDeviceCare({ http }), integrations: createIntegrations({ http, prove }) };
}

beforeAll(async () => {
  shop = await startNodeShop(3, { pins: true });
  const deps = createNodeDeps('K1', shop.origin, { clock: () => clock() });
  await enrolDevice(deps, { serverAddress: '', code: shop.code('K1') });
  till = await openDevice(deps);
  await inStep(till);
  await when(till.people.all, (people) => people.some(({ hasPin }) => hasPin));
  office = await openOffice();
});
afterAll(async () => {
  await till.close();
  await shop.close();
});

const id = (): DeviceId => till.identity.deviceId;
const overview = async () => {
  const answer = await office.care.overviewNow();
  return answer.ok ? answer.value : undefined;
};
const told = async (holds: (report: KeptReport) => boolean): Promise<KeptReport> => {
  const find = async () =>
    must(
      (await overview())?.reports.find((one) => one.device === id() && holds(one)),
      'it',
    );
  return vi.waitFor(find, PATIENCE);
};

test('[CARE1] the office sees who is at a till and how it is, and names it', async () => {
  const report = await told(() => true);
  expect(report).toMatchObject({ waiting: 0, lag: expect.any(Number), last: null });
  expect(Math.abs(report.clockErrorMs)).toBeLessThan(60_000);
  expect((await office.care.renameNow(id(), 'Front')).ok).toBe(true);
  await when(till.company.devices, (all) => all.some(({ device, name }) => device === id() && name === 'Front'));
  expect(await till.care.overviewNow()).toEqual({ ok: false, error: 'not-allowed' });
});

test('[CARE2] [CARE3] a till that is there locks and pulls anew when the office says so', async () => {
  await till.people.signIn(BUDI, shop.pin(BUDI));
  expect((await office.care.commandNow(id(), 'lock')).ok).toBe(true);
  await when(till.people.locked, (locked) => locked);
  await told(({ last, person }) => last?.command === 'lock' && last.result === 'done' && person === BUDI);
  await till.people.signIn(BUDI, shop.pin(BUDI));
  await office.care.commandNow(id(), 'full-sync');
  await told(({ last }) => last?.command === 'full-sync');
});

test('[CARE5] a reset from afar waits while somebody sells, and then removes and pulls all', async () => {
  await sellOne(till, '1001', 1);
  await inStep(till);
  await office.care.commandNow(id(), 'reset');
  await vi.waitFor(async () => expect((await overview())?.commands).toMatchObject([{ command: 'reset' }]), PATIENCE);
  const waiting = must((await overview())?.commands[0], 'the command');
  await office.care.withdrawNow(id(), waiting.id);
  expect((await overview())?.commands).toEqual([]);
  clock = () => Date.now() + 10 * 60_000;
  await office.care.commandNow(id(), 'reset');
  await told(({ last }) => last?.command === 'reset' && last.result === 'done');
  await inStep(till);
  expect(till.catalogue.count()).toBe(3);
});

test('[API1] [HOOK4] the office makes a token and a webhook by PIN, and takes them back', async () => {
  const who = { by: BUDI, byPin: shop.pin(BUDI) };
  const { integrations } = office;
  const wish = { ...who, name: 'Web', rights: ['read'] as const, till: 'WEB' as TillCode };
  expect(await integrations.createNow({ ...wish, byPin: '111222' })).toMatchObject({
    error: { code: 'refused', error: 'pin-wrong' },
  });
  const made = await integrations.createNow(wish);
  const token = must(made.ok ? made.value.token : null, 'a token');
  const ask = () => fetch(`${shop.origin}/api/v1/products/count`, { headers: { authorization: `Bearer ${token}` } });
  expect(await (await ask()).json()).toMatchObject({ count: 3 });
  const hook = await integrations.addWebhookNow({ ...who, url: 'https://shop.example.com/hook', events: ['sale'] });
  expect(hook).toMatchObject({ ok: true, value: { secret: expect.any(String) } });
  const unsafe = await integrations.addWebhookNow({ ...who, url: 'http://10.0.0.1/', events: ['sale'] });
  expect(unsafe).toMatchObject({ error: { code: 'refused', error: 'address-unsafe' } });
  const listed = await integrations.listNow();
  const [integration, webhook] = listed.ok ? [listed.value.integrations[0], listed.value.webhooks[0]] : [];
  expect(integration?.calls).toMatchObject([{ status: 200 }]);
  await integrations.revokeNow(must(integration, 'it').id, who);
  expect((await ask()).status).toBe(403);
  await integrations.removeWebhookNow(must(webhook, 'it').id, who);
  const after = await integrations.listNow();
  expect(after.ok && after.value.webhooks).toEqual([]);
});

test('[CARE4] a till that is lost, revoked and retired is told so, and commands none', async () => {
  expect((await office.care.endNow(id(), 'lost')).ok).toBe(true);
  expect((await office.care.endNow(id(), 'revoke')).ok).toBe(true);
  await when(till.sync.status, ({ revoked }) => revoked);
  expect(await office.care.commandNow(id(), 'sync')).toEqual({ ok: false, error: 'not-allowed' });
});

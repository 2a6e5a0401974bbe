import { afterAll, beforeAll, expect, test } from 'vitest';
import { EMPTY_HEAD, sealEntry } from '../../schema/chain.ts';
import type { BodyOf, Head } from '../../schema/entry/entry.ts';
import type { PersonId, TillCode } from '../../schema/ids.ts';
import { editsPushAnswerShape, journalPushAnswerShape } from '../../schema/protocol/push.ts';
import { statusAnswerShape } from '../../schema/protocol/status.ts';
import { quantity } from '../../schema/quantity.ts';
import { must } from '../../schema/result.ts';
import { createSigner, signEntry } from '../store/signer.ts';
import { createHttp } from '../sync/http.ts';
import type { Device } from './device.ts';
import type { DeviceDeps } from './device-deps.ts';
import { enrolDevice } from './enrol-device.ts';
import { createNodeDeps } from './node-device.ts';
import { inStep, sellOne } from './node-sale.ts';
import { type NodeShop, startNodeShop } from './node-shop.ts';
import { openDevice } from './open-device.ts';

/**
 * A real server that loses the last hours, and one whole device; the others of the shop speak the protocol bare, because one
 * realm holds one device.
 */
let shop: NodeShop;
let deps: DeviceDeps;
let device: Device;
let other: Awaited<ReturnType<typeof enrolBare>>;

beforeAll(async () => {
  shop = await startNodeShop(12);
  deps = createNodeDeps('M1', shop.origin);
  await enrolDevice(deps, { serverAddress: '', code: shop.code('M1') });
  other = await enrolBare('K2', shop.code('K2'));
  device = await openDevice(deps);
  await inStep(device);
  await device.company.choosePerson(must(device.company.people.get()[0], 'a person').person);
});
afterAll(async () => {
  await device.close();
  await shop.close();
});

const PATIENCE = { timeout: 30_000, interval: 100 };
const tea = () => must(device.catalogue.byBarcode('1001'), 'a product');
const onHand = () => device.stock.onHand(tea().id);

let carts = 0;
const sell = () => {
  carts += 1;
  return sellOne(device, '1001', carts);
};

async function enrolBare(name: string, code: string) {
  const slot = createNodeDeps(name, shop.origin);
  await enrolDevice(slot, { serverAddress: '', code });
  const { device: identity, credential } = must(await slot.vault.get('enrolment'), 'an enrolment');
  const http = createHttp(slot, () => ({ origin: shop.origin, credential, timeoutMs: 10_000 }));
  const signer = createSigner(slot.subtle, must(await slot.vault.get('keys'), 'keys').privateKey);
  let head: Head = EMPTY_HEAD;
  return {
    identity,
    http,
    adjust: async (units: number) => {
      const body = { reason: 'x', lines: [{ productId: tea().id, delta: quantity(units) }] } as BodyOf<'adjust'>;
      const { deviceId, branch } = identity;
      const draft = { deviceId, branch, person: 'x' as PersonId, at: 1, kind: 'adjust', body } as const;
      const entry = sealEntry(draft, head);
      head = { seq: entry.seq, hash: entry.hash };
      const { id, hash } = entry;
      const pushed = { entries: [entry], signatures: [{ id, hash, signature: await signEntry(signer, entry) }] };
      const answer = await http.request('POST', '/sync/v1/journal/push', pushed, journalPushAnswerShape);
      expect(answer).toMatchObject({ ok: true, value: { verdicts: [{ verdict: 'accepted' }] } });
    },
  };
}

async function enrolLater(role: 'till' | 'manager', till: string) {
  const code = await device.office.enrolCodeNow(role, till as TillCode);
  return enrolBare(till, code.ok ? code.value.code : '');
}

async function makeProduct(manager: Awaited<ReturnType<typeof enrolBare>>): Promise<void> {
  const fields = { name: 'Gula', price: 500, barcodes: ['2001'], category: '', unitScale: 1, taxId: '', active: true };
  const wish = { editId: 'made-by-another', collection: 'products', docId: 'gula', baseRevision: null, base: {} };
  const edit = { ...wish, patch: fields, person: 'budi', at: 1 };
  const answer = await manager.http.request('POST', '/sync/v1/edits/push', { edits: [edit] }, editsPushAnswerShape);
  expect(answer).toMatchObject({ ok: true, value: { verdicts: [{ verdict: 'accepted' }] } });
}

test('[F12] [F25] [F27] [SYNC16] [SYNC17] [SYNC18] a server that lost the last hours gets back all that devices hold, while they sell', {
  timeout: 60_000,
}, async () => {
  await shop.copyDatabase();
  await inStep(device);
  const start = onHand();
  for (let sale = 0; sale < 3; sale += 1) await sell();
  for (const units of [5, 7]) await other.adjust(units);
  const { id } = tea();
  const edited = await device.office.editProduct(id, { price: 4321 });
  expect(edited.ok).toBe(true);
  await makeProduct(await enrolLater('manager', 'M2'));
  // This one sells once, and is never heard of again.
  await (await enrolLater('till', 'K3')).adjust(2);
  await expect.poll(() => device.catalogue.byBarcode('2001'), PATIENCE).toBeDefined();
  await expect.poll(onHand, PATIENCE).toBe(start - 3 + 14);
  await inStep(device);
  // Entries follow their counters a moment later (LIVE15): what the others hold of K3 is what they can hand in.
  const lags = async () => (await device.sync.inspect()).collections.map(({ lag }) => lag);
  await expect.poll(async () => (await lags()).every((lag) => lag === 0), PATIENCE).toBe(true);

  await shop.putDatabaseBack();
  const sale = await sell();
  await expect.poll(async () => (await device.sync.inspect()).epoch?.n, PATIENCE).toBe(2);
  await expect.poll(async () => deps.vault.get('recovered'), PATIENCE).toMatchObject({ n: 2 });
  await inStep(device);
  const { serverHead, ownHead, counters } = await device.sync.inspect();
  expect([serverHead, ownHead.seq]).toEqual([ownHead, sale.seq]);
  expect(counters.handedIn).toBe(3);
  const status = await other.http.request('POST', '/sync/v1/status', { checkpoints: {} }, statusAnswerShape);
  expect(status).toMatchObject({ ok: true, value: { head: { seq: 2 }, epoch: { n: 2 } } });
  await expect.poll(onHand, PATIENCE).toBe(start - 4 + 14);
  expect(tea().price).toBe(4321);
  const mine = device.office.edits.get().find(({ editId }) => editId === (edited.ok && edited.value));
  expect(mine?.verdict).toMatchObject({ verdict: 'accepted', epoch: { n: 2 } });
  // What nobody could hand in never was.
  expect(device.catalogue.byBarcode('2001')).toBeUndefined();
  const tills = device.company.devices.get().map(({ till }) => till);
  expect([tills.includes('M2' as TillCode), tills.includes('K3' as TillCode)]).toEqual([false, true]);
});

test('[F27] [SYNC19] a device that enrolled after the backup is known again by its certificate', {
  timeout: 60_000,
}, async () => {
  await device.close();
  await shop.copyDatabase();
  deps = createNodeDeps('K1', shop.origin);
  await enrolDevice(deps, { serverAddress: '', code: shop.code('K1') });
  device = await openDevice(deps);
  await inStep(device);
  await device.company.choosePerson(must(device.company.people.get()[0], 'a person').person);
  const start = onHand();
  await sell();
  await inStep(device);
  await shop.putDatabaseBack();
  const sale = await sell();
  await expect.poll(async () => deps.vault.get('recovered'), PATIENCE).toMatchObject({ n: 3 });
  await inStep(device);
  await expect.poll(onHand, PATIENCE).toBe(start - 2);
  const { serverHead, ownHead } = await device.sync.inspect();
  expect([serverHead, ownHead.seq]).toEqual([ownHead, sale.seq]);
  expect(device.till.safety(sale.id)).toBe('server');
});

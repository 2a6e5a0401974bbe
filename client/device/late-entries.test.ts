import { afterAll, beforeAll, expect, test } from 'vitest';
import { EMPTY_HEAD, sealEntry } from '../../schema/chain.ts';
import type { BodyOf, DeviceEntry, Head } from '../../schema/entry/entry.ts';
import type { PersonId } from '../../schema/ids.ts';
import { journalPushAnswerShape } from '../../schema/protocol/push.ts';
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

/** A real server that is set back to between a gap's closing and what came late behind it, and devices that hold what it lost. */
let shop: NodeShop;
let deps: DeviceDeps;
let device: Device;
let other: Awaited<ReturnType<typeof enrolBare>>;

beforeAll(async () => {
  shop = await startNodeShop(3);
  deps = createNodeDeps('K1', shop.origin);
  await enrolDevice(deps, { serverAddress: '', code: shop.code('K1') });
  other = await enrolBare('K2');
  device = await openDevice(deps);
  await inStep(device);
  await device.company.choosePerson(must(device.company.people.get()[0], 'a person').person);
});
afterAll(async () => {
  await device.close();
  await shop.close();
});

const PATIENCE = { timeout: 30_000, interval: 100 };
const tea = () => must(device.catalogue.byBarcode('1001'), 'a product').id;
const onHand = () => device.stock.onHand(tea());
/** Whether this device holds all that the server has: stock moves before the entry that moved it has come. */
const holdsAll = async () => (await device.sync.inspect()).collections.every(({ lag }) => lag === 0);

/** A device that speaks the protocol bare: one realm holds one whole device. */
async function enrolBare(till: string) {
  const slot = createNodeDeps(till, shop.origin);
  await enrolDevice(slot, { serverAddress: '', code: shop.code(till) });
  const { device: identity, credential } = must(await slot.vault.get('enrolment'), 'an enrolment');
  const http = createHttp(slot, () => ({ origin: shop.origin, credential, timeoutMs: 10_000 }));
  const signer = createSigner(slot.subtle, must(await slot.vault.get('keys'), 'keys').privateKey);
  let head: Head = EMPTY_HEAD;
  return {
    deviceId: identity.deviceId,
    adjust: (units: number): DeviceEntry => {
      const body = { reason: 'x', lines: [{ productId: tea(), delta: quantity(units) }] } as BodyOf<'adjust'>;
      const { deviceId, branch } = identity;
      const draft = { deviceId, branch, person: 'x' as PersonId, at: 1, kind: 'adjust', body } as const;
      const entry = sealEntry(draft, head);
      head = { seq: entry.seq, hash: entry.hash };
      return entry;
    },
    push: async (entries: readonly DeviceEntry[], more: object = {}) => {
      const signed = entries.map(async (entry) => {
        return { id: entry.id, hash: entry.hash, signature: await signEntry(signer, entry) };
      });
      const body = { entries, signatures: await Promise.all(signed), ...more };
      const answer = await http.request('POST', '/sync/v1/journal/push', body, journalPushAnswerShape);
      expect(answer).toMatchObject({ ok: true, value: { verdicts: [{ verdict: 'accepted' }] } });
    },
    /** What the server lacks of a device. */
    lacking: async (deviceId: string) => {
      const answer = await http.request('POST', '/sync/v1/status', { checkpoints: {} }, statusAnswerShape);
      return answer.ok ? (answer.value.lacking?.[deviceId as never] ?? 'nothing') : answer.error;
    },
  };
}

test('[SYNC25] [STATUS4] [F12] what others brought late is handed in again when the server lost it', {
  timeout: 120_000,
}, async () => {
  const start = onHand();
  const [one, two, three] = [other.adjust(1), other.adjust(20), other.adjust(300)];
  await other.push([one]);
  await other.push([three], { oldestHeld: 3 });
  expect(await other.lacking(other.deviceId)).toEqual([{ from: 2, to: 2 }]);
  await shop.copyDatabase();
  await other.push([two]);
  await expect.poll(onHand, PATIENCE).toBe(start + 321);
  await expect.poll(holdsAll, PATIENCE).toBe(true);

  await shop.putDatabaseBack();
  await expect.poll(async () => deps.vault.get('recovered'), PATIENCE).toMatchObject({ n: 2 });
  expect(await other.lacking(other.deviceId)).toBe('nothing');
  await expect.poll(onHand, PATIENCE).toBe(start + 321);
});

/** The device's disk between two starts. */
async function atDisk<Value>(
  act: (journal: Awaited<ReturnType<DeviceDeps['openDisk']>>['shelves']['journal']) => Promise<Value>,
) {
  const disk = await deps.openDisk(deps.name);
  const value = await act(disk.shelves.journal);
  await disk.close();
  return value;
}

test('[SYNC25] [F10] [F12] what a disk lost unsent and gave back later is sent, and again when the server lost it', {
  timeout: 120_000,
}, async () => {
  const { device: own } = must(await deps.vault.get('enrolment'), 'an enrolment');
  const start = onHand();
  await sellOne(device, '1001', 1);
  await inStep(device);
  await shop.kill();
  const lost = await sellOne(device, '1001', 2);
  await sellOne(device, '1001', 3);
  await device.close();
  const row = await atDisk(async (journal) => {
    const [held] = await journal.byIds([lost.id]);
    await journal.remove([lost.id]);
    return must(held, 'the entry');
  });
  await shop.restart();
  device = await openDevice(deps);
  await inStep(device);
  expect(await other.lacking(own.deviceId)).toEqual([{ from: lost.seq, to: lost.seq }]);
  await shop.copyDatabase();

  await device.close();
  await atDisk((journal) => journal.insert(row));
  device = await openDevice(deps);
  await expect.poll(() => other.lacking(own.deviceId), PATIENCE).toBe('nothing');
  await expect.poll(holdsAll, PATIENCE).toBe(true);
  await shop.putDatabaseBack();
  await expect.poll(async () => deps.vault.get('recovered'), PATIENCE).toMatchObject({ n: 3 });
  expect(await other.lacking(own.deviceId)).toBe('nothing');
  await expect.poll(onHand, PATIENCE).toBe(start - 3);
  expect(device.till.safety(lost.id)).toBe('server');
});

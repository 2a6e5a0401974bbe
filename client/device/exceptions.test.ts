import { afterAll, beforeAll, expect, test } from 'vitest';
import { type EntryId, entryId } from '../../schema/ids.ts';
import { must } from '../../schema/result.ts';
import type { Device } from './device.ts';
import type { DeviceDeps } from './device-deps.ts';
import { enrolDevice } from './enrol-device.ts';
import { createNodeDeps } from './node-device.ts';
import { inStep, sellOne } from './node-sale.ts';
import { type NodeShop, startNodeShop } from './node-shop.ts';
import { openDevice } from './open-device.ts';
import { when } from './when.ts';

/** A till whose entries are flagged and two managers of one real shop; one device is open at a time. */
let shop: NodeShop;
let open: Device | null = null;
let connected = true;
const deps: Record<string, DeviceDeps> = {};

async function at(name: string): Promise<Device> {
  await open?.close();
  open = await openDevice(must(deps[name], name));
  return open;
}

beforeAll(async () => {
  shop = await startNodeShop(5);
  for (const name of ['K1', 'M1', 'M2']) {
    const made = createNodeDeps(name, shop.origin, {
      fetch: (url, init) => (connected ? fetch(url, init) : Promise.reject(new Error('cut'))),
    });
    deps[name] = made;
    const code = name === 'M2' ? await codeOfManager() : shop.code(name);
    expect(await enrolDevice(made, { serverAddress: '', code })).toMatchObject({ ok: true });
    const device = await at(name);
    await when(device.sync.status, ({ ready }) => ready);
    await device.company.choosePerson(must(device.company.people.get()[0], 'a person').person);
  }
});
afterAll(async () => {
  await open?.close();
  await shop.close();
});

async function codeOfManager(): Promise<string> {
  const answer = await must(open, 'M1').office.enrolCodeNow('manager', 'M2' as never);
  return must(answer.ok ? answer.value.code : null, 'a code');
}

const listed = async (device: Device) =>
  (await device.exceptions.list()).map(({ id, flag, seen }) => [id, flag, seen?.note ?? null]);

let flagged: EntryId[] = [];

test('[EXC1] what the server flagged is listed, newest first, also without a network and after a restart', async () => {
  const till = await at('K1');
  await sellOne(till, '1001', 1);
  const wrong = async (seq: number) => {
    const sale = entryId(till.identity.deviceId, seq);
    const done = await till.till.record('payment-confirmed', { sale, payment: 0, reference: 'X' });
    return must(done.ok ? done.value.id : null, JSON.stringify(done));
  };
  flagged = [await wrong(900), await wrong(901)];
  await inStep(till);
  const manager = await at('M1');
  await when(manager.exceptions.version, () => manager.exceptions.waiting() === 2);
  expect((await listed(manager)).toSorted()).toEqual(flagged.map((id) => [id, 'unknown-payment', null]).toSorted());
  connected = false;
  expect(await listed(await at('M1'))).toHaveLength(2);
});

test('[EXC2] [EXC4] settled offline by an entry of one’s own, it reaches the other manager, and keeps its flag', async () => {
  const manager = must(open, 'M1');
  const [first] = await manager.exceptions.list();
  const done = await manager.exceptions.settle([must(first, 'an exception')], '  the bank says it is fine ');
  expect(done).toMatchObject({ ok: true, value: [expect.any(String)] });
  expect(manager.exceptions.waiting()).toBe(1);
  connected = true;
  await inStep(manager);
  const other = await at('M2');
  await when(other.exceptions.version, () => other.exceptions.waiting() === 1);
  const there = (await other.exceptions.list()).find(({ id }) => id === first?.id);
  expect(there).toMatchObject({ flag: 'unknown-payment', sale: { flags: ['unknown-payment'] } });
  expect(there?.seen).toMatchObject({ note: 'the bank says it is fine', by: manager.company.person.get()?.person });
});

test('[EXC3] another manager opens it again, and the first one sees it wait', async () => {
  const other = must(open, 'M2');
  const settled = must(
    (await other.exceptions.list()).find(({ seen }) => seen !== null),
    'a settled one',
  );
  await other.exceptions.openAgain(must(settled.seen, 'seen').review);
  expect(other.exceptions.waiting()).toBe(2);
  await inStep(other);
  const manager = await at('M1');
  await when(manager.exceptions.version, () => manager.exceptions.waiting() === 2);
  expect((await listed(manager)).map(([, , note]) => note)).toEqual([null, null]);
});

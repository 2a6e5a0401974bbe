import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Edit } from '../../schema/edit.ts';
import type { TillCode } from '../../schema/ids.ts';
import type { Product } from '../../schema/product.ts';
import { editsPushAnswerShape } from '../../schema/protocol/push.ts';
import { must } from '../../schema/result.ts';
import { createHttp } from '../sync/http.ts';
import type { Device } from './device.ts';
import type { DeviceDeps } from './device-deps.ts';
import { enrolDevice } from './enrol-device.ts';
import { createNodeDeps } from './node-device.ts';
import { type NodeShop, startNodeShop } from './node-shop.ts';
import { openDevice } from './open-device.ts';
import { when } from './when.ts';

/** A manager's device with a real server, and a second manager who speaks the protocol bare. */
let shop: NodeShop;
let deps: DeviceDeps;
let device: Device;
let edits = 0;
/** False: the network is cut for the manager. */
let connected = true;

beforeAll(async () => {
  shop = await startNodeShop(6);
  deps = createNodeDeps('M1', shop.origin, {
    fetch: (url, init) => (connected ? fetch(url, init) : Promise.reject(new Error('cut'))),
  });
  await enrolDevice(deps, { serverAddress: '', code: shop.code('M1') });
  device = await openDevice(deps);
  await when(
    device.sync.status,
    ({ ready, fullSync, connection }) => ready && fullSync === null && connection === 'online',
  );
  await device.company.choosePerson(must(device.company.people.get()[0], 'a person').person);
});
afterAll(async () => {
  await device.close();
  await shop.close();
});

const product = (barcode: string) => must(device.catalogue.byBarcode(barcode), 'a product');
const settled = () => when(device.sync.status, ({ waitingEdits }) => waitingEdits === 0);

async function enrolSecondManager() {
  const code = await device.office.enrolCodeNow('manager', 'M2' as TillCode);
  if (!code.ok) throw new Error(code.error);
  const slot = createNodeDeps('M2', shop.origin);
  await enrolDevice(slot, { serverAddress: '', code: code.value.code });
  const { credential } = must(await slot.vault.get('enrolment'), 'an enrolment');
  const http = createHttp(slot, () => ({ origin: shop.origin, credential, timeoutMs: 10_000 }));
  return async (seen: Product, patch: Edit['patch']) => {
    edits += 1;
    const base = Object.fromEntries(Object.keys(patch).map((field) => [field, seen[field as keyof Product]]));
    const edit = {
      editId: `second-${edits}`,
      collection: 'products',
      docId: seen.id,
      baseRevision: seen.rev,
      base,
      patch,
      person: 'budi',
      at: 1,
    };
    const answer = await http.request('POST', '/sync/v1/edits/push', { edits: [edit] }, editsPushAnswerShape);
    expect(answer).toMatchObject({ ok: true, value: { verdicts: [{ verdict: 'accepted' }] } });
  };
}

test('[OFFICE3] [I8] an edit shows at once, and is the server’s after its verdict', async () => {
  const { id } = product('1001');
  const before = device.catalogue.version.get();
  expect(await device.office.editProduct(id, { price: 12_345, name: 'Teh manis' })).toMatchObject({ ok: true });
  expect(device.catalogue.product(id)).toMatchObject({ price: 12_345, name: 'Teh manis' });
  expect(device.catalogue.version.get()).toBeGreaterThan(before);
  await settled();
  expect(device.office.edits.get()[0]?.verdict).toMatchObject({ verdict: 'accepted' });
  expect(device.catalogue.product(id)).toMatchObject({ price: 12_345, name: 'Teh manis' });
  await expect.poll(() => device.catalogue.product(id)?.rev.n, { timeout: 10_000 }).toBe(2);
});

test('[I15] three edits of one product while offline go through one after the other, without a conflict', async () => {
  const { id } = product('1002');
  connected = false;
  for (const price of [1, 2, 3]) await device.office.editProduct(id, { price });
  await device.office.editProduct(id, { category: 'Minuman' });
  expect(device.sync.status.get().waitingEdits).toBe(4);
  expect(device.catalogue.product(id)).toMatchObject({ price: 3, category: 'Minuman' });
  connected = true;
  device.sync.syncNow();
  await settled();
  const verdicts = device.office.edits
    .get()
    .filter(({ docId }) => docId === id)
    .map(({ verdict }) => verdict?.verdict);
  expect(verdicts).toEqual(['accepted', 'accepted', 'accepted', 'accepted']);
  await expect.poll(() => device.catalogue.product(id)?.rev.n, { timeout: 10_000 }).toBe(5);
});

test('[OFFICE3] [EDT5] an edit that another manager was before rolls back visibly, and is kept', async () => {
  const seen = product('1003');
  const second = await enrolSecondManager();
  connected = false;
  await device.office.editProduct(seen.id, { price: 888, name: 'Kopi susu' });
  await second(seen, { price: 777 });
  expect(device.catalogue.product(seen.id)?.price).toBe(888);
  connected = true;
  device.sync.syncNow();
  await settled();
  await expect
    .poll(() => device.catalogue.product(seen.id), { timeout: 10_000 })
    .toMatchObject({ price: 777, name: 'Kopi susu' });
  expect(device.office.edits.get()[0]?.verdict).toMatchObject({
    verdict: 'conflict',
    conflicts: [{ field: 'price', base: seen.price, mine: 888, theirs: 777 }],
  });
});

test('[EDT10] a person decides a conflict: theirs is left, or mine goes on as a new edit; both are kept', async () => {
  const conflict = must(device.office.edits.get()[0], 'an edit');
  const decide = (price: 'mine' | 'theirs') => device.office.settleConflict(conflict.editId, { price });
  expect(await device.office.settleConflict(conflict.editId, { name: 'mine' })).toEqual({
    ok: false,
    error: 'bad-field',
  });
  const carriedOn = await decide('mine');
  expect(device.catalogue.product(conflict.docId as Product['id'])?.price).toBe(888);
  await settled();
  expect(await decide('theirs')).toEqual({ ok: false, error: 'no-conflict' });
  const [newest, decided] = device.office.edits.get();
  expect(newest).toMatchObject({ base: { price: 777 }, patch: { price: 888 }, verdict: { verdict: 'accepted' } });
  expect([newest?.editId, decided?.decided]).toEqual([
    carriedOn.ok && carriedOn.value,
    { at: expect.any(Number), fields: { price: 'mine' }, as: newest?.editId },
  ]);
  expect(decided?.verdict?.conflicts).toEqual(conflict.verdict?.conflicts);
});

test('[OFFICE3] an edit that the server refuses rolls back, is kept, and can be put aside once seen', async () => {
  const [other, mine] = [product('1004'), product('1006')];
  await device.office.editProduct(mine.id, { barcodes: other.barcodes });
  await settled();
  const refused = must(device.office.edits.get()[0], 'an edit');
  expect(refused.verdict).toMatchObject({ verdict: 'refused', reason: expect.stringContaining('barcode-taken') });
  expect(product('1006').id).toBe(mine.id);
  expect(await device.office.dismissEdit(refused.editId)).toEqual({ ok: true, value: null });
  expect(await device.office.dismissEdit(refused.editId)).toEqual({ ok: false, error: 'not-refused' });
  expect(device.office.edits.get()[0]).toMatchObject({ editId: refused.editId, decided: { fields: {} } });
});

test('[OFFICE3] waiting edits and their overlay survive a reload', async () => {
  const { id } = product('1004');
  connected = false;
  await device.office.editProduct(id, { barcodes: ['1004', '9999'] });
  await device.close();
  device = await openDevice(deps);
  expect(device.catalogue.byBarcode('9999')?.id).toBe(id);
  connected = true;
  device.sync.syncNow();
  await settled();
  expect(device.office.edits.get()[0]?.verdict?.verdict).toBe('accepted');
});

test('[OFFICE3] what is no field of a product, or no value of it, is not wished for', async () => {
  const { id } = product('1005');
  for (const patch of [
    { id: 'x' },
    { rev: { epoch: 9, n: 9 } },
    { price: -1 },
    { price: 1.5 },
    { name: '' },
    { nonsense: 1 },
  ]) {
    expect(await device.office.editProduct(id, patch as Edit['patch'])).toEqual({ ok: false, error: 'bad-field' });
  }
  expect(await device.office.editProduct('nobody' as never, { price: 1 })).toEqual({ ok: false, error: 'bad-field' });
});

test('[ROLE1] tills not heard from are named to the manager', async () => {
  const code = await device.office.enrolCodeNow('till', 'K9' as TillCode);
  if (!code.ok) throw new Error(code.error);
  const slot = createNodeDeps('K9', shop.origin);
  expect(await enrolDevice(slot, { serverAddress: '', code: code.value.code })).toMatchObject({ ok: true });
  await when(device.company.devices, (devices) => devices.some(({ till }) => till === 'K9'));
  expect(await device.office.enrolCodeNow('manager', 'K9' as TillCode)).toEqual({ ok: false, error: 'till-taken' });
});

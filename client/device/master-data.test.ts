import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ProductId } from '../../schema/ids.ts';
import { money } from '../../schema/money.ts';
import type { ProductFields } from '../../schema/product.ts';
import { must } from '../../schema/result.ts';
import type { Device } from './device.ts';
import type { DeviceDeps } from './device-deps.ts';
import { enrolDevice } from './enrol-device.ts';
import { createNodeDeps } from './node-device.ts';
import { sellOne } from './node-sale.ts';
import { type NodeShop, startNodeShop } from './node-shop.ts';
import { openDevice } from './open-device.ts';
import { when } from './when.ts';

/** A manager's device with a real server. */
let shop: NodeShop;
let deps: DeviceDeps;
let device: Device;
let connected = true;

beforeAll(async () => {
  shop = await startNodeShop(4);
  deps = createNodeDeps('M1', shop.origin, {
    fetch: (url, init) => (connected ? fetch(url, init) : Promise.reject(new Error('cut'))),
  });
  await enrolDevice(deps, { serverAddress: '', code: shop.code('M1') });
  device = await openDevice(deps);
  await when(device.sync.status, ({ ready, fullSync }) => ready && fullSync === null);
  await device.company.choosePerson(must(device.company.people.get()[0], 'a person').person);
});
afterAll(async () => {
  await device.close();
  await shop.close();
});

const settled = () => when(device.sync.status, ({ waitingEdits }) => waitingEdits === 0);
const newest = () => must(device.office.edits.get()[0], 'an edit');
const product = (barcode: string) => must(device.catalogue.byBarcode(barcode), 'a product');
const SUGAR: ProductFields = {
  ...{ name: 'Gula', price: money(500), barcodes: ['G1'], category: 'Dapur', unitScale: 1000, taxId: '', active: true },
};

test('[EDT14] [EDT17] a customer made offline is there at once, over a restart, and at the server later', async () => {
  connected = false;
  const docId = `customer:${device.masterData.newId()}`;
  const done = await device.masterData.editCompany(docId, { name: 'Ibu Tini', creditLimit: 50_000, active: true });
  expect(done.ok).toBe(true);
  expect(device.company.customers.get()).toMatchObject([{ id: docId, name: 'Ibu Tini', creditLimit: 50_000 }]);
  await device.close();
  device = await openDevice(deps);
  expect(device.company.customers.get()).toMatchObject([{ name: 'Ibu Tini' }]);
  await device.masterData.editCompany(docId, { creditLimit: null, group: 'member' });
  expect(device.company.customers.get()[0]).not.toHaveProperty('creditLimit');
  connected = true;
  device.sync.syncNow();
  await settled();
  expect(newest().verdict).toMatchObject({ verdict: 'accepted' });
  expect(device.company.customers.get()).toMatchObject([{ name: 'Ibu Tini', group: 'member' }]);
});

test('[EDT17] a product made here is there at once, and gone again when the server refuses it', async () => {
  connected = false;
  const made = device.masterData.newId() as ProductId;
  const taken = device.masterData.newId() as ProductId;
  await device.masterData.makeProduct(made, SUGAR);
  await device.masterData.makeProduct(taken, { ...SUGAR, name: 'Teh', taxId: 'moon', barcodes: ['T1'] });
  expect([product('G1').name, product('T1').name]).toEqual(['Gula', 'Teh']);
  connected = true;
  device.sync.syncNow();
  await settled();
  expect(newest().verdict).toMatchObject({ verdict: 'refused', reason: 'unknown-tax' });
  expect(device.catalogue.byBarcode('T1')).toBeUndefined();
  expect(product('G1')).toMatchObject({ name: 'Gula', unitScale: 1000 });
});

test('[EDT18] many products change in one go, all of them or none', async () => {
  const [one, two] = [product('1001'), product('1002')];
  const changes = [one, two].map(({ id }) => ({ id, patch: { price: 7_000 } }));
  const bad = await device.masterData.editProducts([...changes, { id: one.id, patch: { price: -1 } }]);
  expect(bad).toEqual({ ok: false, error: 'bad-field' });
  expect(product('1001').price).toBe(one.price);
  expect((await device.masterData.editProducts(changes)).ok).toBe(true);
  expect([product('1001').price, product('1002').price]).toEqual([7_000, 7_000]);
  await settled();
  expect(device.office.edits.get().slice(0, 2)).toMatchObject([
    { docId: two.id, verdict: { verdict: 'accepted' } },
    { docId: one.id, verdict: { verdict: 'accepted' } },
  ]);
});

test('[EDT15] [ROLE8] what the server would refuse is no edit: nonsense, and what a cashier wishes', async () => {
  const { masterData } = device;
  expect(await masterData.editCompany('person:budi', { role: 'manager' })).toMatchObject({ error: 'bad-field' });
  expect(await masterData.editCompany('branch:utama', { qris: '1' })).toMatchObject({ error: 'bad-field' });
  const manager = must(device.company.person.get(), 'a person').person;
  const cashier = must(
    device.company.people.get().find(({ role }) => role === 'cashier'),
    'a cashier',
  );
  await device.company.choosePerson(cashier.person);
  expect(await masterData.editCompany('settings', { lockAfterMs: 0 })).toMatchObject({ error: 'not-allowed' });
  await device.company.choosePerson(manager);
});

test('[OFFICE7] the audit lists what was changed here', async () => {
  const page = await device.masterData.auditNow(null);
  expect(page).toMatchObject({ ok: true, value: { next: null } });
  if (page.ok) expect(page.value.rows.map(({ docId }) => docId.split(':')[0])).toContain('customer');
  connected = false;
  expect(await device.masterData.auditNow(null)).toEqual({ ok: false, error: 'offline' });
  connected = true;
});

test('[PRD6] [EDT19] a price of this branch is sold at once, also offline; editing goes on from the product as everybody has it', async () => {
  const { id, name } = product('1001');
  const before = must(device.catalogue.edited(id), 'it').price;
  connected = false;
  await device.masterData.editProducts([{ id, patch: { branchPrices: { utama: 7_777 } } }]);
  expect(product('1001').price).toBe(7_777);
  expect(device.catalogue.edited(id)).toMatchObject({ price: before, branchPrices: { utama: 7_777 } });
  expect((await sellOne(device, '1001', 91)).body).toMatchObject({ lines: [{ unitPrice: 7_777 }] });
  // Whoever changes another field of what is shown here at 7,777 changes no price.
  await device.masterData.editProducts([{ id, patch: { name: `${name} enak`, price: before + 1 } }]);
  expect(newest().base).toEqual({ name, price: before });
  connected = true;
  device.sync.syncNow();
  await settled();
  const verdicts = device.office.edits.get().slice(0, 2);
  // Other tests changed the product before.
  expect(verdicts.map(({ verdict }) => verdict?.conflicts ?? [])).toEqual([[], []]);
  expect(verdicts.every(({ verdict }) => /accepted|merged/.test(verdict?.verdict ?? ''))).toBe(true);
  expect(product('1001')).toMatchObject({ price: 7_777, name: `${name} enak` });
});

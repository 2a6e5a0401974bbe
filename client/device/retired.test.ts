import { expect, test } from 'vitest';
import { z } from 'zod';
import { must } from '../../schema/result.ts';
import { createHttp } from '../sync/http.ts';
import { enrolDevice } from './enrol-device.ts';
import { createNodeDeps } from './node-device.ts';
import { inStep, sellOne } from './node-sale.ts';
import { startNodeShop } from './node-shop.ts';
import { openDevice } from './open-device.ts';

test('[STK13] [I4] a till that was retired and goes on selling shows each of its sales once, also after a restart and a restore', {
  timeout: 60_000,
}, async () => {
  const shop = await startNodeShop(2);
  const manager = createNodeDeps('M1', shop.origin);
  await enrolDevice(manager, { serverAddress: '', code: shop.code('M1') });
  const { credential } = must(await manager.vault.get('enrolment'), 'an enrolment');
  const deps = createNodeDeps('K1', shop.origin);
  await enrolDevice(deps, { serverAddress: '', code: shop.code('K1') });
  let till = await openDevice(deps);
  await inStep(till);
  await till.company.choosePerson(must(till.company.people.get()[0], 'a person').person);
  const { id } = must(till.catalogue.byBarcode('1001'), 'a product');
  const start = till.stock.onHand(id);
  const shown = () => till.stock.onHand(id) - start;
  const base = () => till.stock.explain(id).base - start;
  await sellOne(till, '1001', 1);
  await inStep(till);
  await shop.copyDatabase();
  const http = createHttp(manager, () => ({ origin: shop.origin, credential, timeoutMs: 20_000 }));
  const retire = async () => {
    const path = `/api/v1/devices/${till.identity.deviceId}/retire`;
    expect((await http.request('POST', path, {}, z.object({}))).ok).toBe(true);
  };
  await retire();
  await expect.poll(base, { timeout: 20_000 }).toBe(-1);
  expect(shown()).toBe(-1);
  await sellOne(till, '1001', 2);
  expect(shown()).toBe(-2);
  await inStep(till);
  expect(shown()).toBe(-2);
  await expect.poll(base, { timeout: 20_000 }).toBe(-2);
  expect(shown()).toBe(-2);
  await till.close();
  till = await openDevice(deps);
  expect(shown()).toBe(-2);
  // A server that was set back to before the retirement has the counter, and gets the second sale again.
  await shop.putDatabaseBack();
  await expect.poll(base, { timeout: 20_000 }).toBe(0);
  await inStep(till);
  expect(shown()).toBe(-2);
  await retire();
  await expect.poll(base, { timeout: 20_000 }).toBe(-2);
  expect(shown()).toBe(-2);
  await till.close();
  await shop.close();
});

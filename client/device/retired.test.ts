import { expect, test } from 'vitest';
import { z } from 'zod';
import { must } from '../../schema/result.ts';
import { createHttp } from '../sync/http.ts';
import { enrolDevice } from './enrol-device.ts';
import { createNodeDeps } from './node-device.ts';
import { inStep, sellOne } from './node-sale.ts';
import { startNodeShop } from './node-shop.ts';
import { openDevice } from './open-device.ts';

test('[STK6] [I4] a till that was retired and goes on selling shows the stock that the server has', {
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
  await sellOne(till, '1001', 1);
  await inStep(till);
  const http = createHttp(manager, () => ({ origin: shop.origin, credential, timeoutMs: 20_000 }));
  const retired = await http.request('POST', `/api/v1/devices/${till.identity.deviceId}/retire`, {}, z.object({}));
  expect(retired.ok).toBe(true);
  await expect.poll(() => till.stock.explain(id).base, { timeout: 10_000 }).not.toBe(0);
  await expect.poll(() => till.stock.onHand(id), { timeout: 10_000 }).toBe(start - 1);
  await sellOne(till, '1001', 2);
  await inStep(till);
  await expect.poll(() => till.stock.onHand(id), { timeout: 10_000 }).toBe(start - 2);
  await till.close();
  till = await openDevice(deps);
  expect(till.stock.onHand(id)).toBe(start - 2);
  await till.close();
  await shop.close();
});

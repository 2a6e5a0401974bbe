import { afterAll, beforeAll, expect, test } from 'vitest';
import { must } from '../../schema/result.ts';
import { type BackRoomProgram, createBackRoom } from './back-room.ts';
import type { Device } from './device.ts';
import { enrolDevice } from './enrol-device.ts';
import { createNodeDeps } from './node-device.ts';
import { inStep, sellOne } from './node-sale.ts';
import { type NodeShop, startNodeShop } from './node-shop.ts';
import { openDevice } from './open-device.ts';
import { PARTS } from './with-back-room.ts';

let shop: NodeShop;
let device: Device;
let program: BackRoomProgram | null = null;

beforeAll(async () => {
  shop = await startNodeShop(3);
  const deps = { ...createNodeDeps('K1', shop.origin), backRoom: () => program };
  await enrolDevice(deps, { serverAddress: '', code: shop.code('K1') });
  device = await openDevice(deps);
  await inStep(device);
});
afterAll(async () => {
  await device.close();
  await shop.close();
});

test('[LOAD7] a device sells before its back room has come, and has it all when it comes', async () => {
  await device.company.choosePerson(must(device.company.people.get()[0], 'a person').person);
  expect(() => device.orders).toThrow('the program of the back room');
  const { seq } = await sellOne(device, must(device.catalogue.all()[0]?.barcodes[0], 'a barcode'), 1);
  expect(seq).toBe(1);
  let opened = 0;
  program = {
    createBackRoom: (deps) => {
      opened += 1;
      return createBackRoom(deps);
    },
  };
  for (const part of PARTS) expect([part, typeof device[part]]).toEqual([part, 'object']);
  expect(device.orders).toBe(device.orders);
  expect(opened).toBe(1);
  expect((await device.reports.report('day', { from: device.reports.today(), to: device.reports.today() })).ok).toBe(
    true,
  );
});

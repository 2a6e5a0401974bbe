import 'fake-indexeddb/auto';
import { expect, test, vi } from 'vitest';
import { COLLECTIONS } from '../../schema/roles.ts';
import { createManualTimers } from '../sync/manual-timers.ts';
import { createBrowserDisks } from './browser-disk.ts';
import { createDisk, type Disk } from './disk.ts';
import { answerOf } from './page-trial.ts';

const random = { number: () => 0, bytes: (count: number) => new Uint8Array(count) };
const world = { clock: () => 1, timers: createManualTimers(), random };
const finding = { id: 'f1', kind: 'disk', about: 'a', at: 1, detail: {} } as never;
const nothing = async () => ({ documents: [], checkpoint: null });

test('[DISK22] all collections are asked for while the log is still being read, and RxDB is not', async () => {
  const { promise: mayOpen, resolve: open } = Promise.withResolvers<void>();
  const disk = createDisk();
  const asked: string[] = [];
  const openLater: Disk['open'] = async (place) => {
    asked.push(place.collectionName);
    await mayOpen;
    return disk.open(place);
  };
  const opening = createBrowserDisks({ ...disk, open: openLater }, world)('read-late');
  await expect.poll(() => asked).toEqual([...COLLECTIONS]);
  open();
  const { close } = await opening;
  expect(asked).toHaveLength(COLLECTIONS.length);
  await close();
});

test('[DISK22] a collection that does not open is told, leaves none open, and the next try opens all', async () => {
  const disk = createDisk();
  const closed: string[] = [];
  let isBroken = true;
  const openAll: Disk['open'] = async (place) => {
    if (isBroken && place.collectionName === 'findings') throw new Error('The disk failed.');
    const collection = await disk.open(place);
    const close = () => {
      closed.push(place.collectionName);
      return collection.close();
    };
    return { ...collection, close };
  };
  const disks = createBrowserDisks({ ...disk, open: openAll }, world);
  await expect(disks('broken')).rejects.toThrow('The disk failed.');
  expect(closed).toHaveLength(COLLECTIONS.length - 1);
  isBroken = false;
  const { shelves, close } = await disks('broken');
  expect(await shelves.findings.insert(finding)).toBe(true);
  await close();
});

test('[SHELF8] RxDB that does not open for one pull opens for the next, and what was sold meanwhile is there', async () => {
  const disk = createDisk();
  const open = vi.fn(disk.open);
  const { shelves, createReplication, close } = await createBrowserDisks({ ...disk, open }, world)('pulled');
  open.mockRejectedValueOnce(new Error('The disk failed.'));
  await expect(createReplication('products', 10).start(nothing, () => undefined)).rejects.toThrow('The disk failed.');
  expect(await shelves.findings.insert(finding)).toBe(true);
  const replication = createReplication('products', 10);
  await replication.start(nothing, () => undefined);
  await replication.stop();
  expect(await shelves.findings.count()).toBe(1);
  await close();
});

test('[DISK25] products of a first pull are had one by one after a restart, and RxDB finds what was written since', async () => {
  const disks = createBrowserDisks(createDisk(), { ...world, timers: realTimers });
  const goods = ['p1', 'p2', 'p3'].map((id) => ({
    ...{ id, scope: '*', rev: { epoch: 1, n: 1 }, name: `N ${id}`, price: 1, barcodes: [`8${id}`], category: '' },
    ...{ unitScale: 1, taxId: '', active: true },
  }));
  const checkpoint = { epoch: { n: 1, id: 'abc' }, scopes: {}, sweep: 1 } as never;
  const begin = async () => {
    const { shelves, log, createReplication, close } = await disks('indexed');
    const replication = createReplication('products', 10);
    const layers = shelves.products.layers?.();
    await replication.start(nothing, () => undefined);
    return { shelves, log, replication, layers, close: () => replication.stop().then(close) };
  };
  const first = await begin();
  expect(first.layers).toBeNull();
  const page = { documents: goods as never, answer: answerOf(goods) };
  expect(await first.replication.filling?.write(page, checkpoint)).toBe(true);
  // When nobody sells.
  expect(await first.log?.tidy(realTimers, () => true)).toBe(true);
  await first.close();

  const second = await begin();
  expect(second.layers?.pages.map(({ said, doc }) => [said.count, doc(1)])).toEqual([[3, goods[1]]]);
  // RxDB has begun, and asked what is new: nothing was placed for that.
  expect(second.shelves.products.layers?.()).toEqual(second.layers);
  second.replication.emit([{ ...goods[1], price: 2 }] as never, checkpoint);
  expect(await second.replication.settled()).toBe(true);
  expect(await second.shelves.products.byIds(['p2'])).toEqual([{ ...goods[1], price: 2 }]);
  await second.close();

  const third = await begin();
  expect(third.layers?.later).toEqual([{ ...goods[1], price: 2 }]);
  await third.close();
});

const realTimers = {
  after: (ms: number, act: () => void) => {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  },
};

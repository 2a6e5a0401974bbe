import type { RxStorage } from 'rxdb';
import { afterEach, expect, test } from 'vitest';
import type { Checkpoint } from '../../schema/protocol/checkpoint.ts';
import type { LiveChange } from '../../schema/protocol/live.ts';
import type { PullAnswer } from '../../schema/protocol/pull.ts';
import { fail, ok } from '../../schema/result.ts';
import { createNodeDeps } from '../device/node-device.ts';
import { type DeviceDatabase, openDatabase } from '../store/database.ts';
import { createRxShelf } from '../store/rx-shelf.ts';
import { createMemoryStorage } from '../store/storage.ts';
import type { PulledDoc } from './pulled-doc.ts';
import { createPuller, type Puller } from './puller.ts';
import { createRxReplication } from './rx-replication.ts';

const EPOCH = { n: 1, id: '1'.repeat(16) };
const { timers } = createNodeDeps('x', '');
const PAGE = 10;

let database: DeviceDatabase | null = null;
let puller: Puller | null = null;
afterEach(async () => {
  await puller?.stop();
  await database?.close();
});

const doc = (n: number, name = `n${n}`): PulledDoc => ({ id: `p${String(n).padStart(4, '0')}`, name });
const position = (seq: number) => ({ seq, tag: `t${seq}`, mac: 'm' });
const change = (seq: number, document: PulledDoc): LiveChange => ({ collection: 'products', seq, document });

/** A server with one scope, whose every document has one change; and a device over real RxDB. */
function createTrial(storage: RxStorage<unknown, unknown> = createMemoryStorage()) {
  const changes: { seq: number; document: PulledDoc }[] = [];
  const asked: (number | null)[] = [];
  const state = { epoch: EPOCH, sweep: 1, clamp: 1_000, offlineAfter: Number.POSITIVE_INFINITY, pages: 0 };
  const write = (...documents: PulledDoc[]) => {
    for (const document of documents) {
      const before = changes.findIndex((one) => one.document.id === document.id);
      if (before >= 0) changes.splice(before, 1);
      changes.push({ seq: (changes.at(-1)?.seq ?? 0) + 1, document });
    }
  };
  const last = () => changes.at(-1)?.seq ?? 0;
  const answer = (checkpoint: Checkpoint | null, limit: number): PullAnswer => {
    const from = checkpoint?.scopes['*' as never]?.seq ?? 0;
    const behind = changes.filter(({ seq }) => seq > from);
    const page = behind.slice(0, Math.min(limit, state.clamp));
    const more = page.length < behind.length;
    const reached = more ? (page.at(-1)?.seq ?? 0) : last();
    const scopes = { '*': { ...position(reached), grant: 'home' } };
    return {
      epoch: state.epoch,
      documents: page.map(({ document }) => document),
      checkpoint: { epoch: state.epoch, scopes },
      more,
    };
  };
  const fetchPage = async (checkpoint: Checkpoint | null, limit: number) => {
    state.pages += 1;
    if (state.pages > state.offlineAfter) return fail({ kind: 'offline', text: 'cut' } as const);
    asked.push(checkpoint?.scopes['*' as never]?.seq ?? null);
    return ok(answer(checkpoint, limit));
  };
  const accept = (documents: readonly PulledDoc[]) => documents.filter(({ name }) => name !== 'unreadable');
  const acceptLive = (live: readonly LiveChange[]) =>
    accept(live.flatMap((one) => ('document' in one ? [one.document] : [])));
  let opened = 0;
  const failures: number[] = [];
  const open = async () => {
    opened += 1;
    database = await openDatabase(`puller-${trials}`, storage);
    const replication = createRxReplication(database.collections.products as never, timers, PAGE);
    const deps = { replication, fetchPage, accept, acceptLive, epoch: () => EPOCH, sweep: () => state.sweep };
    puller = createPuller({ ...deps, onPage: () => undefined, onWriteFailed: () => failures.push(opened) });
    await puller.start();
    return puller;
  };
  const reopen = async () => {
    await puller?.stop();
    await database?.close();
    return open();
  };
  const names = async () => {
    const shelf = createRxShelf(database?.collections.products as never);
    return (await shelf.find({})).map((product) => (product as { name: string }).name);
  };
  trials += 1;
  return { state, asked, write, open, reopen, names, last, opened: () => opened, failures };
}
let trials = 0;

const many = (count: number, from = 1) => Array.from({ length: count }, (_, index) => doc(from + index));

test('[PULL4] a round brings everything page by page, and is over when all of it is on disk', async () => {
  const { write, open, names, asked } = createTrial();
  write(...many(35));
  const own = await open();
  expect(await own.round()).toEqual({ ok: true, value: null });
  expect(await names()).toHaveLength(35);
  expect(asked).toEqual([null, 10, 20, 30]);
  expect(own.isLevel()).toBe(true);
});

test('[SYNC9] pages shorter than asked for do not end a pull', async () => {
  const { write, open, names, state } = createTrial();
  write(...many(31));
  state.clamp = 4;
  await (await open()).round();
  expect(await names()).toHaveLength(31);
});

test('[SYNC9] documents without their shape hold back no other, a page full of them neither', async () => {
  const { write, open, names } = createTrial();
  write(...many(5), ...many(20, 100).map((one) => ({ ...one, name: 'unreadable' })), ...many(7, 200));
  await (await open()).round();
  expect(await names()).toHaveLength(12);
});

test('[SYNC10] a round that is cut off is gone on with from where it was, over a reload too', async () => {
  const { write, open, reopen, names, asked, state } = createTrial();
  write(...many(45));
  state.offlineAfter = 2;
  expect(await (await open()).round()).toMatchObject({ ok: false, error: { kind: 'offline' } });
  expect(await names()).toHaveLength(20);
  state.offlineAfter = Number.POSITIVE_INFINITY;
  await (await reopen()).round();
  expect(asked).toEqual([null, 10, 20, 30, 40]);
  expect(await names()).toHaveLength(45);
});

test('[SYNC3] a new sweep pulls everything again, once, and is gone on with after a reload', async () => {
  const { write, open, reopen, asked, state } = createTrial();
  write(...many(25));
  await (await open()).round();
  state.sweep = 2;
  state.offlineAfter = state.pages + 1;
  await puller?.round();
  state.offlineAfter = Number.POSITIVE_INFINITY;
  await (await reopen()).round();
  await puller?.round();
  expect(asked).toEqual([null, 10, 20, null, 10, 20, 25]);
});

test('[LIVE2] live changes are written behind the checkpoint and move it', async () => {
  const { write, open, reopen, names, last, asked } = createTrial();
  write(...many(3));
  const own = await open();
  await own.round();
  write(doc(2, 'live'));
  expect(own.live({ scope: '*' as never, to: position(last()), changes: [change(last(), doc(2, 'live'))] })).toBe(true);
  await expect.poll(names, { timeout: 10_000 }).toEqual(['n1', 'live', 'n3']);
  await (await reopen()).round();
  expect(asked).toEqual([null, 4]);
});

test('[LIVE2] a change that was pulled already is not applied again', async () => {
  const { write, open, names } = createTrial();
  write(doc(1, 'old'), doc(1, 'new'));
  const own = await open();
  await own.round();
  own.live({ scope: '*' as never, to: position(2), changes: [change(1, doc(1, 'old'))] });
  await own.round();
  expect(await names()).toEqual(['new']);
});

test('[LIVE2] live changes that come while a round runs are written after it', async () => {
  const { write, open, names, last } = createTrial();
  write(...many(25));
  const own = await open();
  const round = own.round();
  for (let n = 1; n <= 30; n += 1) {
    write(doc(n, `live${n}`));
    own.live({ scope: '*' as never, to: position(last()), changes: [change(last(), doc(n, `live${n}`))] });
  }
  await round;
  await expect
    .poll(async () => (await names()).filter((name) => name.startsWith('live')).length, { timeout: 10_000 })
    .toBe(30);
});

test('[LIVE2] after something was missed nothing live is taken until a round has brought it', async () => {
  const { write, open, names, last } = createTrial();
  write(doc(1));
  const own = await open();
  await own.round();
  write(doc(2), doc(3));
  own.markBehind();
  own.live({ scope: '*' as never, to: position(last()), changes: [change(last(), doc(3))] });
  expect(own.isLevel()).toBe(false);
  await own.round();
  expect(await names()).toEqual(['n1', 'n2', 'n3']);
  expect(own.isLevel()).toBe(true);
});

test('[LIVE2] a round and live changes after each other, many times, lose nothing', async () => {
  const { write, open, names, last } = createTrial();
  const own = await open();
  for (let n = 1; n <= 60; n += 1) {
    if (n % 3 === 0) await own.round();
    write(doc(n));
    if (own.isLevel()) own.live({ scope: '*' as never, to: position(last()), changes: [change(last(), doc(n))] });
  }
  await own.round();
  expect(await names()).toHaveLength(60);
});

test('[SYNC6] a write that fails during a pull fails its round, and the next sweep repairs it', async () => {
  const disk = createFailingStorage();
  const { write, open, reopen, names, state } = createTrial(disk.storage);
  write(...many(30));
  const own = await open();
  disk.failNextWriteOf('products');
  expect(await own.round()).toEqual({ ok: false, error: { kind: 'disk' } });
  expect(await names()).not.toHaveLength(30);
  state.sweep += 1;
  await (await reopen()).round();
  expect(await names()).toHaveLength(30);
});

test('[PULL3] a server with another history is not followed blindly: the round says so', async () => {
  const { write, open, state } = createTrial();
  write(doc(1));
  state.epoch = { n: 2, id: '2'.repeat(16) };
  expect(await (await open()).round()).toEqual({ ok: false, error: { kind: 'epoch', epoch: state.epoch } });
});

test('[SYNC7] a stop ends a round under way, and one that is asked for afterwards', async () => {
  const { write, open } = createTrial();
  write(...many(25));
  const own = await open();
  const underWay = own.round();
  await own.stop();
  expect([(await underWay).ok, (await own.round()).ok]).toEqual([false, false]);
});

/** Memory that refuses one write of one collection, as a full disk does. */
function createFailingStorage() {
  const real = createMemoryStorage();
  let victim = '';
  const storage: RxStorage<unknown, unknown> = {
    name: real.name,
    rxdbVersion: real.rxdbVersion,
    createStorageInstance: async (params) => {
      const instance = await real.createStorageInstance(params);
      const write = instance.bulkWrite.bind(instance);
      instance.bulkWrite = (rows, context) => {
        if (params.collectionName !== victim) return write(rows, context);
        victim = '';
        return Promise.reject(new Error('QuotaExceededError'));
      };
      return instance;
    },
  };
  return {
    storage,
    failNextWriteOf: (collection: string) => {
      victim = collection;
    },
  };
}

test('[SYNC18] a document that was taken away comes again like a new one: by a page, live, and over a reload', async () => {
  const { write, open, reopen, names, last, state } = createTrial();
  write(...many(12));
  const own = await open();
  await own.round();
  const shelf = createRxShelf<{ id: string; name: string }>(database?.collections.products as never);
  const gone = [doc(1), doc(2), doc(3)].map(({ id }) => String(id));
  expect(await own.quietly(() => shelf.remove(gone))).toMatchObject({ ok: true });
  expect(await names()).toHaveLength(9);
  write(doc(1, 'live'));
  own.live({ scope: '*' as never, to: position(last()), changes: [change(last(), doc(1, 'live'))] });
  await expect.poll(names, { timeout: 10_000 }).toContain('live');
  write(doc(2, 'page'));
  own.markBehind();
  await own.round();
  expect(await names()).toContain('page');
  // Exactly as it was: another device handed it in, and a new sweep brings it.
  state.sweep += 1;
  await (await reopen()).round();
  expect((await names()).sort()).toEqual(['live', 'page', ...many(10, 3).map(({ name }) => name)].sort());
});

test('[SYNC18] while something is done quietly, live changes wait; they follow, and none is lost', async () => {
  const { write, open, names, last } = createTrial();
  write(...many(5));
  const own = await open();
  expect(await own.quietly(async () => 1)).toEqual({ ok: false, error: 'behind' });
  await own.round();
  const seen = await own.quietly(async (checkpoint) => {
    write(doc(2, 'meanwhile'));
    own.live({ scope: '*' as never, to: position(last()), changes: [change(last(), doc(2, 'meanwhile'))] });
    await new Promise((resolve) => timers.after(50, () => resolve(null)));
    return [checkpoint.scopes['*' as never]?.seq, await names()];
  });
  expect(seen).toEqual({ ok: true, value: [5, ['n1', 'n2', 'n3', 'n4', 'n5']] });
  await expect.poll(names, { timeout: 10_000 }).toContain('meanwhile');
  expect(own.isLevel()).toBe(true);
  await expect(own.quietly(() => Promise.reject(new Error('disk')))).rejects.toThrow('disk');
  expect(own.isLevel()).toBe(true);
});

test('[F26] [SYNC6] a live change whose write fails is known at once, and nothing after it walks over it', async () => {
  const disk = createFailingStorage();
  const { write, open, reopen, names, last, state, failures } = createTrial(disk.storage);
  write(...many(5));
  const own = await open();
  await own.round();
  disk.failNextWriteOf('products');
  write(doc(6));
  own.live({ scope: '*' as never, to: position(last()), changes: [change(last(), doc(6))] });
  await expect.poll(() => failures, { timeout: 10_000 }).toEqual([1]);
  expect(own.isLevel()).toBe(false);
  expect(await own.round()).toEqual({ ok: false, error: { kind: 'disk' } });
  state.sweep += 1;
  await (await reopen()).round();
  expect(await names()).toHaveLength(6);
});

test('[F26] [SYNC6] what is done quietly sees that a write failed before it', async () => {
  const disk = createFailingStorage();
  const { write, open, last } = createTrial(disk.storage);
  write(doc(1));
  const own = await open();
  await own.round();
  disk.failNextWriteOf('products');
  write(doc(2));
  own.live({ scope: '*' as never, to: position(last()), changes: [change(last(), doc(2))] });
  expect(await own.quietly(async () => 1)).toEqual({ ok: false, error: 'disk' });
});

import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Epoch } from '../../schema/epoch.ts';
import { must } from '../../schema/result.ts';
import { createRxShelf } from '../store/rx-shelf.ts';
import { createMemoryStorage } from '../store/storage.ts';
import {
  change,
  closeTrial,
  createFailingStorage as createFailing,
  createLog,
  createTrial as createTrialOn,
  doc,
  EPOCH,
  many,
  position,
  timers,
} from './puller-trial.ts';

afterEach(closeTrial);

/** What the storage of a trial is, where it names none. */
let createStorage: () => Parameters<typeof createTrialOn>[0];
const createTrial = (storage = createStorage()) => createTrialOn(storage);
const createFailingStorage = () => createFailing(createStorage());

describe.each([
  ['RxDB’s own rounds', createMemoryStorage],
  ['a log that is filled', createLog],
])('over %s', (_name, create) => {
  beforeEach(() => {
    createStorage = create;
  });

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

  test('[SYNC28] a page older than what came live ends no pull, and the next round brings what it lacks', async () => {
    const { write, open, names, state, last } = createTrial();
    write(...many(5));
    const own = await open();
    const remembers = (epoch: Epoch) => ({ epoch, positions: { '*': last() + 1, pasar: 7 } as Record<string, number> });
    state.place = remembers(EPOCH);
    expect(await own.round()).toMatchObject({ ok: false, error: { kind: 'not-the-server' } });
    expect([await names(), own.isLevel()]).toMatchObject([{ length: 5 }, false]);
    write(doc(9));
    expect(await own.round()).toEqual({ ok: true, value: null });
    expect([await names(), own.isLevel()]).toMatchObject([{ length: 6 }, true]);
    state.place = remembers({ n: 0, id: '0'.repeat(16) });
    expect(await own.round()).toEqual({ ok: true, value: null });
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
    const { write, open, reopen, asked, state, puller } = createTrial();
    const own = () => must(puller(), 'the puller');
    write(...many(25));
    await (await open()).round();
    state.sweep = 2;
    state.offlineAfter = state.pages + 1;
    await own().round();
    state.offlineAfter = Number.POSITIVE_INFINITY;
    await (await reopen()).round();
    await own().round();
    expect(asked).toEqual([null, 10, 20, null, 10, 20, 25]);
  });

  test('[LIVE2] live changes are written behind the checkpoint and move it', async () => {
    const { write, open, reopen, names, last, asked } = createTrial();
    write(...many(3));
    const own = await open();
    await own.round();
    write(doc(2, 'live'));
    expect(own.live({ scope: '*' as never, to: position(last()), changes: [change(last(), doc(2, 'live'))] })).toBe(
      true,
    );
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

  test('[SYNC18] a document that was taken away comes again like a new one: by a page, live, and over a reload', async () => {
    const { write, open, reopen, names, last, state, collection } = createTrial();
    write(...many(12));
    const own = await open();
    await own.round();
    const shelf = createRxShelf<{ id: string; name: string }>(collection() as never);
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
});

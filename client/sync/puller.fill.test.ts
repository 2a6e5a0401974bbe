import 'fake-indexeddb/auto';
import { afterEach, expect, test } from 'vitest';
import { must } from '../../schema/result.ts';
import type { LogInside } from '../store/log/log-collection.ts';
import { createRxShelf } from '../store/rx-shelf.ts';
import type { PulledDoc } from './pulled-doc.ts';
import { change, closeTrial, createLog, createTrial, doc, many, position } from './puller-trial.ts';

afterEach(closeTrial);

test('[SYNC27] a line is asked for what it carries in a second, up to eight times the batch, and a slow one for the batch', async () => {
  const { write, open, sizes, line } = createTrial(createLog());
  write(...many(230));
  line.pageMs = 333;
  const own = await open();
  await own.round();
  expect(sizes).toEqual([10, 30, 80, 80, 80]);
  write(...many(30, 1_000));
  own.markBehind();
  line.pageMs = 1_001;
  await own.round();
  expect(sizes.slice(5)).toEqual([10, 10, 10]);
});

test('[SYNC27] a page that was asked for ahead begins the round, and what came live since follows', async () => {
  const { write, open, names, asked, last } = createTrial(createLog());
  write(...many(5));
  const own = await open();
  own.askAhead();
  own.askAhead();
  write(doc(6, 'live'));
  const live = { scope: '*' as never, to: position(last()), changes: [change(last(), doc(6, 'live'))] };
  expect(own.live(live)).toBe(true);
  expect(await own.round()).toEqual({ ok: true, value: null });
  expect([asked, own.isLevel()]).toEqual([[null], true]);
  await expect.poll(names, { timeout: 10_000 }).toHaveLength(6);
});

test('[SYNC27] a page that was asked for ahead is not gone on from after a full sync began, or when no round followed', async () => {
  const { write, open, names, asked, state } = createTrial(createLog());
  write(...many(15));
  state.offlineAfter = 1;
  const own = await open();
  await own.round();
  state.offlineAfter = Number.POSITIVE_INFINITY;
  own.askAhead();
  state.sweep = 2;
  await own.round();
  expect(asked).toEqual([null, 10, null, 10]);
  own.markBehind();
  own.askAhead();
  own.forgetAhead();
  expect(own.isLevel()).toBe(false);
  await own.round();
  expect(await names()).toHaveLength(15);
});

test('[SYNC27] a page is asked for while the one before it is written, and two at most are in memory', async () => {
  const log = createLog();
  const pages: number[] = [];
  const createStorageInstance: typeof log.createStorageInstance = async (params) => {
    const instance = await log.createStorageInstance(params);
    const inside = instance.internals as Partial<LogInside>;
    const { fill } = inside;
    if (!fill) return instance;
    const slow: LogInside['fill'] = async (...page) => {
      await expect.poll(() => asked.length, { timeout: 10_000 }).toBe(Math.min(5, pages.length + 2));
      pages.push(page[0].length);
      return fill(...page);
    };
    Object.assign(inside, { fill: slow });
    return instance;
  };
  const { write, open, asked } = createTrial({ ...log, createStorageInstance });
  write(...many(45));
  const own = await open();
  await own.round();
  expect(pages).toEqual([10, 10, 10, 10, 5]);
});

test('[DISK17] a page of a first pull is one record, and RxDB finds nothing to look through at the next start', async () => {
  const storage = createLog();
  const { write, open, reopen, names, collection } = createTrial(storage);
  write(...many(25));
  await (await open()).round();
  const log = must(await storage.log(collection().database.name), 'the open log');
  expect(
    log
      .notes()
      .get('products.0')
      ?.map(({ rows }) => rows),
  ).toEqual([10, 10, 5]);
  const upward = async () => {
    const found = await collection().storageInstance.getChangedDocumentsSince?.(100, await kept(log, 'up'));
    return found?.documents.length;
  };
  await expect.poll(upward, { timeout: 10_000 }).toBe(0);
  await reopen();
  expect(await names()).toHaveLength(25);
});

test.each([false, true])(
  '[DISK17] whoever listens hears of each document of a page once, with an index (%s) too',
  async (hasIndex) => {
    const { write, open, names, collection } = createTrial(createLog());
    write(...many(25));
    const own = await open();
    if (hasIndex) await names();
    const heard: string[] = [];
    const cancel = createRxShelf(collection() as never).onWritten((docs) =>
      heard.push(...(docs as PulledDoc[]).map(({ id }) => String(id))),
    );
    await own.round();
    cancel();
    expect(heard.toSorted()).toEqual(many(25).map(({ id }) => id));
    expect(await names()).toHaveLength(25);
  },
);

/** A checkpoint of RxDB's as it lies in the log. */
async function kept(
  log: { docs(name: string): ReadonlyMap<string, object>; notes(): ReadonlyMap<string, unknown> },
  itemId: string,
) {
  const name = [...log.notes().keys()].find((one) => one.startsWith('rx-replication-meta-')) ?? '';
  const docs = [...log.docs(name).values()] as { itemId: string; checkpointData: { id: string; lwt: number } }[];
  return docs.find((one) => one.itemId === itemId)?.checkpointData;
}

test('[DISK17] what is there already is left to RxDB, and follows as after any other write', async () => {
  const { write, open, reopen, names, last, state } = createTrial(createLog());
  write(...many(15));
  state.offlineAfter = 1;
  await (await open()).round();
  expect(await names()).toHaveLength(10);
  // The page came, and its checkpoint did not.
  state.offlineAfter = Number.POSITIVE_INFINITY;
  state.sweep = 2;
  write(doc(3, 'changed'));
  const own = await reopen();
  expect(await own.round()).toEqual({ ok: true, value: null });
  expect((await names()).filter((name) => name === 'changed')).toHaveLength(1);
  write(doc(4, 'live'));
  own.live({ scope: '*' as never, to: position(last()), changes: [change(last(), doc(4, 'live'))] });
  await expect.poll(names, { timeout: 10_000 }).toContain('live');
  await reopen();
  expect(await names()).toHaveLength(15);
});

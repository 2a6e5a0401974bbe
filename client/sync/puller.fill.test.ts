import 'fake-indexeddb/auto';
import { afterEach, expect, test } from 'vitest';
import { must } from '../../schema/result.ts';
import type { LogInside } from '../store/log/log-collection.ts';
import { type LogFile, openLogFile } from '../store/log/log-file.ts';
import { createLogStorage } from '../store/log/log-storage.ts';
import { createRxShelf } from '../store/rx-shelf.ts';
import type { PulledDoc } from './pulled-doc.ts';
import { change, closeTrial, createLog, createTrial, doc, many, position, timers } from './puller-trial.ts';

afterEach(closeTrial);

/** Time for all that is under way. */
const turns = () => new Promise<void>((resolve) => timers.after(50, resolve));

test('[SYNC27] a line is asked for the batch, or twice, four or eight times as many, as it carries in a second', async () => {
  const { write, open, sizes, line } = createTrial(createLog());
  write(...many(230));
  line.pageMs = 333;
  const own = await open();
  await own.round();
  expect(sizes).toEqual([10, 20, 40, 80, 80]);
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

test('[SYNC27] a page is asked for as soon as the one before it has come, and three at most are in memory', async () => {
  const log = createLog();
  const pages: number[] = [];
  const createStorageInstance: typeof log.createStorageInstance = async (params) => {
    const instance = await log.createStorageInstance(params);
    const inside = instance.internals as Partial<LogInside>;
    const { fill } = inside;
    if (!fill) return instance;
    const slow: LogInside['fill'] = async (...page) => {
      await expect.poll(() => asked.length, { timeout: 10_000 }).toBe(Math.min(5, pages.length + 3));
      pages.push(page[0].docs.length);
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

test('[SYNC27] pages behind the first are asked for ahead once the line is free, three in memory at most', async () => {
  const { write, open, names, asked } = createTrial(createLog());
  write(...many(45));
  const own = await open();
  own.askOn();
  own.askAhead();
  await turns();
  expect(asked).toEqual([null]);
  own.askOn();
  await turns();
  expect(asked).toEqual([null, 10, 20]);
  await own.round();
  expect(asked).toEqual([null, 10, 20, 30, 40]);
  expect(await names()).toHaveLength(45);
});

test('[SYNC27] a device that holds nothing asks for its first page before its disk is open, and begins with it', async () => {
  const { write, open, reopen, asked, names, puller } = createTrial(createLog(), (own) => own.askAhead());
  write(...many(15));
  await (await open()).round();
  expect([asked, await names()]).toMatchObject([[null, 10], { length: 15 }]);
  await reopen();
  await puller()?.round();
  // What was asked for from the beginning is of no use to one that had begun.
  expect(asked).toEqual([null, 10, null, 15]);
});

test('[DISK17] a page and how far it brought the pull go to the disk together, in one transaction', async () => {
  const edits: string[][] = [];
  const openFile = async (name: string) => {
    const file = await openLogFile(name, indexedDB);
    const edit: LogFile['edit'] = (after, change) => {
      edits.push(change.add.map(({ collection }) => collection.replace(/-[^-]*$/, '')));
      return file.edit(after, change);
    };
    return { ...file, edit };
  };
  const { write, open } = createTrial(createLogStorage({ openFile }));
  write(...many(25));
  const own = await open();
  edits.length = 0;
  await own.round();
  await turns();
  const page = ['products.0', 'rx-replication-meta'];
  expect(edits).toEqual([page, page, page]);
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

import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { type LogFile, openLogFile } from './log-file.ts';
import type { RecordNote } from './log-replay.ts';
import { createLogStorage } from './log-storage.ts';
import { type ItemStorage, item, itemsIn, openItems, type StoredItem } from './open-collection.ts';
import { PIECE_ROWS, piecesToRewrite, SMALL_RECORDS_MAX, SUPERSEDED_MAX, tidyLog } from './tidy-log.ts';

const atOnce = {
  after: (_ms: number, act: () => void) => {
    act();
    return () => undefined;
  },
};
const IDS = ['a', 'b', 'c'];

function storageWith(change: (file: LogFile) => Partial<LogFile> = () => ({})) {
  return createLogStorage({
    openFile: async (name) => {
      const file = await openLogFile(name, indexedDB);
      return { ...file, ...change(file) };
    },
  });
}

/** More small records than a log keeps: a changed again and again, b once and in the middle removed for good, c once. */
async function writeMany(items: ItemStorage): Promise<void> {
  let a: StoredItem = item('a', 0);
  const b = item('b', 1);
  await items.bulkWrite([{ document: a }, { document: b }, { document: item('c', 3) }] as never, '');
  for (let height = 2; height <= SMALL_RECORDS_MAX; height += 1) {
    const next = item('a', height, { height });
    await items.bulkWrite([{ previous: a, document: next }] as never, '');
    a = next;
  }
  await items.bulkWrite([{ previous: b, document: item('b', 1, { height: 2, deleted: true }) }] as never, '');
  await items.cleanup(0);
}

test('[DISK15] small records become one, and nothing that was removed comes back', async () => {
  const storage = storageWith();
  const items = await openItems(storage, 'tidy');
  await writeMany(items);
  const log = await storage.log('tidy');
  if (!log) throw new Error('not open');
  expect(await tidyLog(log, atOnce, () => false)).toBe(false);
  expect(log.notes().get('items.0')).toHaveLength(SMALL_RECORDS_MAX + 2);
  expect(await tidyLog(log, atOnce, () => true)).toBe(true);
  expect(log.notes().get('items.0')).toHaveLength(1);
  await items.bulkWrite([{ document: item('b', 7, { token: 'again' }) }] as never, '');
  await items.close();
  const again = await openItems(storage, 'tidy');
  expect(await itemsIn(again, IDS)).toEqual({ a: SMALL_RECORDS_MAX, b: 7, c: 3 });
  await again.close();
});

test.each([
  ['before', true],
  ['behind', false],
])('[DISK15] [F2] cut off %s the transaction that rewrites, all is as it was', async (when, isBefore) => {
  let crash = false;
  const storage = storageWith(({ edit }) => ({
    edit: async (after, change) => {
      if (crash && isBefore) throw new Error('cut off');
      const done = await edit(after, change);
      if (crash) throw new Error('cut off');
      return done;
    },
  }));
  const items = await openItems(storage, `cut-${when}`);
  await writeMany(items);
  crash = true;
  const log = await storage.log(`cut-${when}`);
  await expect(tidyLog(log as never, atOnce, () => true)).rejects.toThrow('cut off');
  await items.close();
  const again = await openItems(storageWith(), `cut-${when}`);
  expect(await itemsIn(again, IDS)).toEqual({ a: SMALL_RECORDS_MAX, c: 3 });
  await again.close();
});

test('[DISK15] what is written after a rewrite that only seemed to fail is not lost', async () => {
  let isLost = false;
  const storage = storageWith(({ edit }) => ({
    edit: async (after, change) => {
      const done = await edit(after, change);
      if (!isLost) return done;
      isLost = false;
      throw new Error('The answer was lost.');
    },
  }));
  const items = await openItems(storage, 'lost');
  await writeMany(items);
  isLost = true;
  await tidyLog((await storage.log('lost')) as never, atOnce, () => true).catch(() => undefined);
  await items.bulkWrite([{ document: item('b', 8, { token: 'again' }) }] as never, '');
  await items.close();
  const again = await openItems(storageWith(), 'lost');
  expect(await itemsIn(again, IDS)).toEqual({ a: SMALL_RECORDS_MAX, b: 8, c: 3 });
  await again.close();
});

const note = (n: number, rows: number, emptied = false): RecordNote => ({ n, rows, size: rows * 300, emptied });

test('[DISK15] a log is rewritten whole when most of it is superseded, in pieces of a bounded size', () => {
  const notes = Array.from({ length: 40 }, (_, index) => note(index + 1, 500, index === 3));
  expect(piecesToRewrite(notes, 20_000).pieces).toEqual([]);
  expect(piecesToRewrite(notes, 10_000).pieces).toEqual([]);
  const { pieces, isWhole } = piecesToRewrite(notes, (39 * 500 - SUPERSEDED_MAX) / 2 - 1);
  expect([isWhole, pieces.flat().length]).toEqual([true, 39]);
  for (const piece of pieces) expect(piece.reduce((sum, { rows }) => sum + rows, 0)).toBeLessThanOrEqual(PIECE_ROWS);
});

test('[DISK15] a long document is a piece of its own', () => {
  const long = (n: number): RecordNote => ({ n, rows: 1, size: 900_000, emptied: false });
  const notes = Array.from({ length: SMALL_RECORDS_MAX + 1 }, (_, index) => long(index + 1));
  const { pieces, isWhole } = piecesToRewrite(notes, notes.length);
  expect([isWhole, pieces.length]).toEqual([false, notes.length]);
});

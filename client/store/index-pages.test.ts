import 'fake-indexeddb/auto';
import { expect, test, vi } from 'vitest';
import { productShape } from '../../schema/product.ts';
import { indexPages } from './index-pages.ts';
import { type LogFile, openLogFile } from './log/log-file.ts';
import type { LogRecord } from './log/log-record.ts';
import { type Log, type LogMember, openLog } from './log/open-log.ts';
import { pageRecord } from './page-trial.ts';

const BASE = { scope: '*', rev: { epoch: 1, n: 1 }, price: 1, unitScale: 1, taxId: '', active: true };
const product = (id: string) =>
  productShape.loose().parse({ id, ...BASE, name: id, category: 'a', barcodes: [`8${id}`] }) as never;
const [ONE, TWO] = [[product('p1'), product('p2')], [product('p3')]];
const BARE = [pageRecord(ONE, false), pageRecord(TWO, false)];

const atOnce = {
  after: (_ms: number, act: () => void) => {
    act();
    return () => undefined;
  },
};

function write(log: Log, records: readonly LogRecord[]): Promise<void> {
  return log.write({ prepare: () => records, apply: () => undefined, settle: () => undefined });
}

async function logOf(
  name: string,
  records: readonly LogRecord[],
  change: (file: LogFile) => Partial<LogFile> = () => ({}),
) {
  const file = await openLogFile(name, indexedDB);
  const log = await openLog({ ...file, ...change(file) });
  await write(log, records);
  return { file, log };
}

async function recordsOf(file: LogFile): Promise<unknown[]> {
  const records: unknown[] = [];
  await file.readAll((_n, value) => void records.push(value));
  return records;
}

test('[DISK25] pages that lie without an index get it in their place, and are read by it from the next start on', async () => {
  const { file, log } = await logOf('bare', BARE);
  expect(await indexPages(log, atOnce, () => true)).toBe(true);
  expect(await recordsOf(file)).toEqual([pageRecord(ONE), pageRecord(TWO)]);
  const again = await openLog(await openLogFile('bare', indexedDB));
  expect(
    again
      .notes()
      .get('products.0')
      ?.map(({ n, isBare }) => [n, isBare]),
  ).toEqual([
    [1, false],
    [2, false],
  ]);
  const member: LogMember = { docs: () => docs(), become: () => undefined };
  const docs = again.join('products.0', member);
  expect(
    docs()
      .layers()
      ?.pages.map(({ said }) => said.count),
  ).toEqual([2, 1]);
});

test('[DISK25] one page at a time, and none once somebody sells', async () => {
  const { file, log } = await logOf('busy', BARE);
  const mayGoOn = vi.fn().mockReturnValueOnce(true).mockReturnValue(false);
  expect(await indexPages(log, atOnce, mayGoOn)).toBe(false);
  expect(await recordsOf(file)).toEqual([pageRecord(ONE), pageRecord(TWO, false)]);
  expect(await indexPages(log, atOnce, () => true)).toBe(true);
  expect(await recordsOf(file)).toEqual([pageRecord(ONE), pageRecord(TWO)]);
});

test('[DISK25] [F2] cut off with a page, that lies as it did', async () => {
  const edit: LogFile['edit'] = () => Promise.reject(new Error('cut off'));
  let isCut = false;
  const { file, log } = await logOf('cut', BARE, (real) => ({
    edit: (after, change) => (isCut ? edit(after, change) : real.edit(after, change)),
  }));
  isCut = true;
  await expect(indexPages(log, atOnce, () => true)).rejects.toThrow('cut off');
  expect(await recordsOf(file)).toEqual(BARE);
});

test('[DISK25] [DISK13] what another tab rewrote meanwhile does not come back, and the index is made another time', async () => {
  const { file, log } = await logOf('two-tabs', BARE);
  const other = await openLog(await openLogFile('two-tabs', indexedDB));
  expect(await other.replace('products.0', async () => ({ drop: [1], add: [pageRecord(ONE, false)] }))).toBe(true);
  await indexPages(log, atOnce, () => true);
  expect(await recordsOf(file)).toEqual([pageRecord(TWO, false), pageRecord(ONE, false)]);
  await log.refresh();
  await indexPages(log, atOnce, () => true);
  expect(await recordsOf(file)).toEqual([pageRecord(TWO), pageRecord(ONE)]);
});

test('[DISK25] a damaged index is made anew; a page that gets none is looked at once', async () => {
  const indexed = pageRecord(ONE) as object as { index: object };
  const damaged = { ...indexed, index: { ...indexed.index, sum: 1 } } as object as LogRecord;
  const odd = pageRecord([{ id: 'p4', active: true }] as never, false);
  const read = vi.fn();
  const watched = (file: LogFile): Pick<LogFile, 'read'> => ({
    read: (numbers) => {
      read(numbers);
      return file.read(numbers);
    },
  });
  const { file } = await logOf('odd', [odd, damaged]);
  const again = await openLog({ ...file, ...watched(file) });
  for (const one of [again, again]) await indexPages(one, atOnce, () => true);
  expect(read.mock.calls).toEqual([[[1]], [[2]]]);
  expect(await recordsOf(file)).toEqual([odd, pageRecord(ONE)]);
});

test('[DISK25] no other record is touched', async () => {
  const other = { ...pageRecord(ONE, false), collection: 'stock.0' };
  const { file, log } = await logOf('others', [other]);
  await indexPages(log, atOnce, () => true);
  expect(await recordsOf(file)).toEqual([other]);
});

import { expect, test } from 'vitest';
import type { DeviceEntry } from '../../schema/entry/entry.ts';
import { makeDeviceEntries } from '../../schema/fixtures/make-entries.ts';
import { makeTransferTold } from '../../schema/fixtures/make-exchanges-v4.ts';
import type { BranchEntry } from '../../schema/protocol/pull.ts';
import { createMovementBook } from './movement-book.ts';
import { createWholeRead } from './whole-read.ts';

const EXAMPLES = makeDeviceEntries();
const exampleOf = (kind: string) => EXAMPLES.find((entry) => entry.kind === kind) as DeviceEntry;
const NOTHING = createWholeRead<BranchEntry>({ find: async () => [] });

/** An entry as the server serves it to the other devices. */
function served(
  entry: { readonly id: string; readonly kind: string },
  verdict = 'accepted',
  id = entry.id,
): BranchEntry {
  return { id, deviceId: id.slice(0, 16), verdict, kind: entry.kind, flags: [], entry } as unknown as BranchEntry;
}
const kindsIn = (book: ReturnType<typeof createMovementBook>) => book.all().map(({ entry }) => entry.kind);

test('[MOV3] what moves stock without a sale is kept, own and told entries too, the newest first', () => {
  const book = createMovementBook(NOTHING);
  book.put(EXAMPLES.map((entry) => served(entry)));
  book.put(
    makeTransferTold()
      .slice(0, 1)
      .map((entry) => served(entry)),
  );
  book.addOwn(exampleOf('sale'));
  const kinds = kindsIn(book);
  expect([...kinds].sort()).toEqual([
    'adjust',
    'count',
    'receive',
    'transfer-in',
    'transfer-out',
    'transfer-sent',
    'waste',
  ]);
  const times = book.all().map(({ entry }) => entry.at);
  expect(times).toEqual(times.toSorted((left, right) => right - left));
});

test('[MOV3] what could not be read counts from its release on, and what turns out not to count is gone', () => {
  const book = createMovementBook(NOTHING);
  const waste = exampleOf('waste');
  book.put([served(waste, 'quarantined')]);
  expect(book.all()).toEqual([]);
  const release = { ...waste, kind: 'release', body: { target: waste.id, readable: { ...waste }, reason: '' } };
  book.put([served(release, 'accepted', 'serverserverserv:0000000001')]);
  expect(book.all()).toMatchObject([
    { deviceId: waste.deviceId, entry: { id: waste.id, kind: 'waste' }, isOwn: false },
  ]);
  book.put([served(exampleOf('adjust'))]);
  book.put([served(exampleOf('adjust'), 'quarantined')]);
  expect(kindsIn(book)).toEqual(['waste']);
  book.remove(['serverserverserv:0000000001']);
  expect(book.all()).toEqual([]);
});

test('[MOV3] what was written once is listed once: at its author, in the fork of it, and in a release', () => {
  const book = createMovementBook(NOTHING);
  const waste = exampleOf('waste');
  book.addOwn(waste);
  book.put([served(waste, 'accepted', 'forkforkforkfork:0000000001')]);
  expect(book.all()).toMatchObject([{ deviceId: 'forkforkforkfork', entry: { id: waste.id } }]);
  const release = { ...waste, kind: 'release', body: { target: waste.id, readable: { ...waste }, reason: '' } };
  book.put([served(release, 'accepted', 'serverserverserv:0000000001')]);
  expect(book.all()).toHaveLength(1);
  const twin = { ...waste, hash: 'f'.repeat(64) };
  book.put([served(twin, 'accepted', waste.id)]);
  expect(book.all()).toHaveLength(2);
});

test('[MOV3] the journal is read through once, and again after a read that failed', async () => {
  let reads = 0;
  const find = async () => {
    reads += 1;
    if (reads === 1) throw new Error('disk');
    return [served(exampleOf('receive'))];
  };
  const book = createMovementBook(createWholeRead<BranchEntry>({ find }));
  await expect(book.readAll()).rejects.toThrow('disk');
  await Promise.all([book.readAll(), book.readAll()]);
  expect([reads, kindsIn(book)]).toEqual([2, ['receive']]);
  book.clear();
  expect(book.all()).toEqual([]);
});

test('[MOV3] [COST3] a stocktake of thousands of counts pushes no receipt out, and what was left out is said', () => {
  const book = createMovementBook(NOTHING, { moves: 2, counts: 3 });
  const many = (kind: string, count: number, first: number) =>
    Array.from({ length: count }, (_, place) =>
      served({ ...exampleOf(kind), at: first + place, id: `${kind}-${first + place}` } as DeviceEntry),
    );
  book.put(many('receive', 2, 100));
  book.put(many('count', 2, 200));
  expect(kindsIn(book)).toHaveLength(4);
  book.put(many('count', 9, 300));
  expect([kindsIn(book), book.isWhole()]).toEqual([['count', 'count', 'count', 'receive', 'receive'], true]);
  book.put(many('waste', 1, 400));
  expect([kindsIn(book), book.isWhole()]).toEqual([['waste', 'count', 'count', 'count', 'receive'], false]);
  book.clear();
  expect(book.isWhole()).toBe(true);
});

import { expect, test } from 'vitest';
import type { BranchEntry } from '../../schema/protocol/pull.ts';
import { BRANCH_ROWS_MAX, createBranchJournal } from './branch-journal.ts';
import { createMemoryShelf } from './memory-shelf.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const device = 'd'.repeat(16);
const entry = (seq: number, receivedAt: number, kind = 'sale') =>
  ({
    id: `${device}:${String(seq).padStart(10, '0')}`,
    deviceId: device,
    seq,
    kind,
    receivedAt,
    entry: { kind, body: { receipt: `K1-1-${seq}` } },
  }) as unknown as BranchEntry;

async function open(...entries: BranchEntry[]) {
  const shelf = createMemoryShelf<BranchEntry>('id');
  for (const one of entries) await shelf.insert(one);
  const journal = createBranchJournal(shelf);
  await journal.load(100 * DAY_MS);
  return journal;
}
const seqs = (entries: readonly BranchEntry[]) => entries.map(({ seq }) => seq);

test('[OFFICE2] sales and refunds by their arrival, newest first, however long ago', async () => {
  const journal = await open(
    entry(1, 99.5 * DAY_MS),
    entry(2, 50 * DAY_MS, 'refund'),
    entry(3, 99.9 * DAY_MS, 'adjust'),
    entry(4, 1 * DAY_MS),
    entry(5, 100.5 * DAY_MS),
  );
  expect(seqs(journal.newest(10))).toEqual([5, 1, 2, 4]);
  expect(seqs(journal.newest(2))).toEqual([5, 1]);
});

test('[OFFICE2] what arrives is told and stands first; what arrives again replaces itself', async () => {
  const journal = await open(entry(1, 10));
  const before = journal.version.get();
  journal.put([entry(2, 20), entry(3, 15, 'receive'), entry(1, 10)]);
  expect(seqs(journal.newest(10))).toEqual([2, 1]);
  expect(journal.version.get()).toBe(before + 1);
  journal.put([entry(4, 30, 'cash-in')]);
  expect(journal.version.get()).toBe(before + 1);
});

test('[OFFICE2] memory holds the newest only', async () => {
  const journal = await open();
  journal.put(Array.from({ length: BRANCH_ROWS_MAX + 5 }, (_, index) => entry(index + 1, index)));
  expect(journal.newest(BRANCH_ROWS_MAX * 2)).toHaveLength(BRANCH_ROWS_MAX);
  expect(journal.newest(1)[0]?.seq).toBe(BRANCH_ROWS_MAX + 5);
});

test('[RCP1] the receipt of another till is found by its number', async () => {
  const journal = await open(entry(1, 1), entry(7, 2));
  expect(await journal.findReceipt(device as never, 7, 'K1-1-7')).toMatchObject({ body: { receipt: 'K1-1-7' } });
  expect(await journal.findReceipt(device as never, 2, 'K1-1-2')).toBeUndefined();
  expect((await journal.find(entry(1, 1).id))?.seq).toBe(1);
});

/** A shelf whose newest rows the disk gives when it is told to. */
async function openSlowly(...entries: BranchEntry[]) {
  const shelf = createMemoryShelf<BranchEntry>('id');
  for (const one of entries) await shelf.insert(one);
  const { promise: given, resolve: give, reject: fail } = Promise.withResolvers<void>();
  const find: typeof shelf.find = async (query) => {
    const found = await shelf.find(query);
    await given;
    return found;
  };
  const journal = createBranchJournal({ ...shelf, find });
  return { journal, loading: journal.load(100 * DAY_MS), give, fail };
}

const refund = (seq: number, receivedAt: number, flags: string[] = []) =>
  ({
    ...entry(seq, receivedAt, 'refund'),
    verdict: 'accepted',
    flags,
    entry: { kind: 'refund', body: { receipt: `K1-1-${seq}`, original: { receipt: 'K2-1-1' } } },
  }) as unknown as BranchEntry;

test('[DISK26] what was written or removed while the disk was read is not taken back by what it then gives', async () => {
  const { journal, loading, give } = await openSlowly(refund(1, 10), refund(2, 20), refund(3, 30));
  const newer = refund(1, 10, ['over-refunded:5']);
  journal.put([newer, entry(4, 40)]);
  journal.remove([refund(2, 20).id]);
  give();
  expect(await loading).toEqual([refund(3, 30)]);
  expect(journal.newest(10)).toEqual([entry(4, 40), refund(3, 30), newer]);
  // Later writes are as ever.
  journal.put([refund(3, 30, ['x'])]);
  expect(journal.newest(2)[1]).toEqual(refund(3, 30, ['x']));
});

test('[DISK26] who asks for all refunds of a receipt waits until the newest are in memory', async () => {
  const { journal, loading, give } = await openSlowly(refund(1, 10), entry(2, 20));
  const asked = journal.refundsOf('K2-1-1', 0);
  expect(journal.newest(10)).toEqual([]);
  give();
  expect((await asked).map(({ id }) => id)).toEqual([refund(1, 10).id]);
  await loading;
});

test('[DISK26] where the disk did not give them it is asked again by who needs all', async () => {
  const shelf = createMemoryShelf<BranchEntry>('id');
  await shelf.insert(refund(1, 10));
  let isBroken = true;
  const find: typeof shelf.find = (query) =>
    isBroken ? Promise.reject(new Error('The disk failed.')) : shelf.find(query);
  const journal = createBranchJournal({ ...shelf, find });
  await expect(journal.load(100 * DAY_MS)).rejects.toThrow('The disk failed.');
  await expect(journal.refundsOf('K2-1-1', 0)).rejects.toThrow('The disk failed.');
  isBroken = false;
  expect(await journal.refundsOf('K2-1-1', 0)).toHaveLength(1);
});

test('[DISK26] asked for again meanwhile, only the last reading counts', async () => {
  const { journal, loading, give } = await openSlowly(refund(1, 10));
  const again = journal.load(100 * DAY_MS);
  give();
  expect([await loading, (await again).length]).toEqual([[], 1]);
  expect(journal.newest(10)).toHaveLength(1);
});

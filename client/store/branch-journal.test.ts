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

import { expect, test } from 'vitest';
import { type DeviceId, entryId } from '../../schema/ids.ts';
import type { BranchEntry } from '../../schema/protocol/pull.ts';
import { createExceptionBook } from '../store/exception-book.ts';
import { gapKeys, type MissingNumbersDeps, readMissing } from './missing-numbers.ts';

/** What a manager's device holds of one till, or of the copy of one. */
function holding(rows: readonly BranchEntry[], { since = 0, copyOf = '' } = {}) {
  const exceptionBook = createExceptionBook({ join: () => {}, readAll: async () => {}, forget: () => {} });
  exceptionBook.put(rows);
  const devices = { get: () => [{ device: 'till', enrolledAt: 50, ...(copyOf ? { forkOf: copyOf } : {}) }] };
  const deps = {
    exceptionBook,
    branchJournal: {
      find: async (id: string) => rows.find((row) => row.id === id),
      after: async (_: DeviceId, seq: number, limit: number) => rows.filter((row) => row.seq > seq).slice(0, limit),
    },
    company: { devices },
    heldSince: () => since,
  } as unknown as MissingNumbersDeps;
  return { exceptionBook, deps, rows };
}

const till = 'till' as DeviceId;
const sale = (seq: number, receipt = `K1-1-${seq}`): BranchEntry =>
  ({
    ...{ id: entryId(till, seq), deviceId: till, seq, kind: 'sale', receivedAt: seq * 100, flags: [] },
    ...{ verdict: 'accepted', entry: { kind: 'sale', body: { receipt } } },
  }) as unknown as BranchEntry;

test('[EXC6] numbers that are missing are told with the receipts around them, once all was read, and go when they come', async () => {
  const { exceptionBook, deps } = holding([sale(1), sale(2), sale(5)]);
  expect(gapKeys(deps)).toEqual([]);
  await exceptionBook.readAll();
  expect(await readMissing(deps)).toMatchObject([
    {
      ...{ id: entryId(till, 3), flag: 'gap:3-4', behind: { seq: 5 } },
      gap: { from: 3, to: 4, after: 'K1-1-2', before: 'K1-1-5' },
    },
  ]);
  const before = exceptionBook.version.get();
  exceptionBook.put([sale(4), sale(3)]);
  expect(exceptionBook.version.get()).toBeGreaterThan(before);
  expect(gapKeys(deps)).toEqual([]);
});

test('[EXC6] what left the window is not missing; what is missing inside of it is', async () => {
  // The first stands alone, because its verdict changed after those behind it had gone.
  const { exceptionBook, deps } = holding([sale(1), sale(20), sale(21), sale(23)], { since: 1_950 });
  await exceptionBook.readAll();
  expect(gapKeys(deps).map(({ flag }) => flag)).toEqual(['gap:22-22']);
  const later = holding([sale(20)], { since: 1_950 });
  await later.exceptionBook.readAll();
  expect(gapKeys(later.deps)).toEqual([]);
});

test('[EXC6] what lies before a copy of a device begins is the device’s own', async () => {
  const rows = [sale(7), sale(9)];
  const [copy, device] = [holding(rows, { copyOf: 'other' }), holding(rows)];
  await Promise.all([copy.exceptionBook.readAll(), device.exceptionBook.readAll()]);
  expect(gapKeys(copy.deps).map(({ flag }) => flag)).toEqual(['gap:8-8']);
  expect(gapKeys(device.deps).map(({ flag }) => flag)).toEqual(['gap:1-6', 'gap:8-8']);
});

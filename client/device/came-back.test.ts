import { expect, test } from 'vitest';
import type { EpochDoc } from '../../schema/company.ts';
import type { DeviceId, TillCode } from '../../schema/ids.ts';
import type { BranchEntry } from '../../schema/protocol/pull.ts';
import { createMemoryShelf } from '../store/memory-shelf.ts';
import { readCameBack } from './came-back.ts';

const epoch = (n: number, begunAt: number, cause: EpochDoc['cause']) =>
  ({ id: `epoch:${n}`, kind: 'epoch', epoch: { n, id: `e${n}` }, begunAt, cause }) as unknown as EpochDoc;
const [K1, K2] = ['a'.repeat(16), 'b'.repeat(16)] as [DeviceId, DeviceId];
const tillOf = (device: DeviceId) => (device === K1 ? 'K1' : undefined) as TillCode | undefined;

async function shelfOf(rows: readonly [DeviceId, string, number, string[], number][]) {
  const shelf = createMemoryShelf<BranchEntry>('id');
  for (const [deviceId, kind, receivedAt, flags, due] of rows)
    await shelf.insert({
      id: `${deviceId}:${(await shelf.count()) + 1}`,
      deviceId,
      kind,
      receivedAt,
      flags,
      entry: { body: { totals: { due } } },
    } as unknown as BranchEntry);
  return shelf;
}

test('[OFFICE6] what came back is counted per history and till, with its sum', async () => {
  const shelf = await shelfOf([
    [K1, 'sale', 50, ['returned'], 9_999],
    [K1, 'sale', 150, ['returned'], 1_000],
    [K1, 'refund', 160, ['returned', 'late'], 300],
    [K1, 'adjust', 160, ['returned'], 0],
    [K1, 'sale', 170, [], 5_000],
    [K2, 'sale', 180, ['returned'], 20],
    [K1, 'sale', 260, ['returned'], 7],
  ]);
  const epochs = [epoch(3, 250, 'rolled-back'), epoch(1, 0, 'first'), epoch(2, 100, 'restored')];
  expect(await readCameBack(epochs, shelf, tillOf)).toEqual([
    { epoch: epochs[0], tills: [{ till: 'K1', entries: 1, receipts: 1, sum: 7 }] },
    {
      epoch: epochs[2],
      tills: [
        { till: undefined, entries: 1, receipts: 1, sum: 20 },
        { till: 'K1', entries: 3, receipts: 2, sum: 700 },
      ],
    },
  ]);
});

test('[OFFICE6] with only the first history nothing can have come back', async () => {
  const shelf = await shelfOf([[K1, 'sale', 50, ['returned'], 1]]);
  expect(await readCameBack([epoch(1, 0, 'first')], shelf, tillOf)).toEqual([]);
  expect(await readCameBack([], shelf, tillOf)).toEqual([]);
});

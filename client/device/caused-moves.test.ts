import { expect, test } from 'vitest';
import type { DeviceEntry } from '../../schema/entry/entry.ts';
import { makeDeviceEntries } from '../../schema/fixtures/make-entries.ts';
import type { ProductId } from '../../schema/ids.ts';
import type { BranchEntry } from '../../schema/protocol/pull.ts';
import { createMovementBook } from '../store/movement-book.ts';
import { createWholeRead } from '../store/whole-read.ts';
import { causedMoves, readCausedMoves } from './caused-moves.ts';

const EXAMPLES = makeDeviceEntries();
const served = (entry: DeviceEntry, verdict = 'accepted') =>
  ({ id: entry.id, deviceId: entry.deviceId, verdict, kind: entry.kind, flags: [], entry }) as unknown as BranchEntry;

test('[STK16] what made a stock is read from the journals where memory holds no more of them, and says the same', async () => {
  const [own, others] = [EXAMPLES.slice(0, 3), EXAMPLES.slice(3)];
  const rows = [...others.map((entry) => served(entry)), ...EXAMPLES.slice(0, 1).map((entry) => served(entry))];
  const find = async () => [...rows, served({ ...(others[0] as DeviceEntry), hash: 'f' as never }, 'quarantined')];
  const shelves = { branchJournal: { find } } as never;
  const index = { after: () => own.map(({ seq, at }) => ({ seq, at })) };
  const journal = { index, read: async () => own } as never;
  const book = createMovementBook(createWholeRead<BranchEntry>({ find }));
  await book.readAll();
  for (const entry of own) book.addOwn(entry);
  const products = new Set(
    EXAMPLES.flatMap(({ body }) => ('lines' in body ? body.lines.map(({ productId }) => productId as ProductId) : [])),
  );
  let told = 0;
  for (const product of products) {
    const inMemory = causedMoves(book, product);
    const read = await readCausedMoves({ journal, shelves }, product);
    const sorted = (moves: typeof read) => moves.map((move) => JSON.stringify(move)).sort();
    expect(sorted(read)).toEqual(sorted(inMemory));
    told += read.length;
  }
  expect(told).toBeGreaterThan(3);
});

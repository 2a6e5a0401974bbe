import { expect, test } from 'vitest';
import type { DeviceEntry } from '../../schema/entry/entry.ts';
import { makeDeviceEntries } from '../../schema/fixtures/make-entries.ts';
import type { BranchEntry } from '../../schema/protocol/pull.ts';
import { createDeliveryBook } from './delivery-book.ts';
import { createWholeRead } from './whole-read.ts';

const RECEIVED = makeDeviceEntries().find(({ kind }) => kind === 'receive') as DeviceEntry;
const ORDER = 'order-one';

/** A delivery for an order. */
function delivery(id: string, order: string | undefined = ORDER, at = 0): DeviceEntry {
  const body = { ...RECEIVED.body, ...(order === undefined ? {} : { order }) };
  return { ...RECEIVED, id, at, body } as unknown as DeviceEntry;
}
/** As the server serves it to the other devices. */
function served(id: string, entry: object, verdict = 'accepted', receivedAt = 0): BranchEntry {
  return { id, deviceId: id.slice(0, 16), verdict, receivedAt, flags: [], entry } as unknown as BranchEntry;
}
function openBook(rows: readonly BranchEntry[] = []) {
  const book = createDeliveryBook(createWholeRead<BranchEntry>({ find: async () => [...rows] }));
  return { book, ids: () => book.of(ORDER).map(({ entry }) => entry) };
}

test('[ORD7] every delivery counts, whenever it was written and arrived; what names another order or none does not', async () => {
  const years = [0, Date.UTC(1970), Date.UTC(2099), -1];
  const rows = years.map((at, seq) => served(`other:${seq}`, delivery(`other:${seq}`, ORDER, at), 'accepted', at));
  const rest = [served('other:8', delivery('other:8', 'order-two')), served('other:9', RECEIVED)];
  const { book, ids } = openBook([...rows, ...rest]);
  book.addOwn(delivery('own:1'));
  book.addOwn(RECEIVED);
  expect(ids()).toEqual(['own:1']);
  await book.readAll();
  expect(ids().sort()).toEqual(['other:0', 'other:1', 'other:2', 'other:3', 'own:1']);
  expect(book.of('order-two')).toMatchObject([{ entry: 'other:8', device: 'other:8' }]);
});

test('[ORD2] what a release says that an entry meant counts as that entry, once', () => {
  const { book, ids } = openBook();
  const [id, readable] = ['other:0000000007', delivery(RECEIVED.id)];
  const release = { kind: 'release', body: { target: id, hash: RECEIVED.hash, readable, reason: 'late' } };
  book.put([served(id, {}, 'quarantined')]);
  expect(ids()).toEqual([]);
  book.put([served('server:1', release)]);
  expect(ids()).toEqual([id]);
  // One that came late is there itself too.
  book.put([served(id, readable)]);
  expect(ids()).toEqual([id]);
});

test('[ORD2] what leaves the disk is forgotten, and what another tab wrote is read anew', async () => {
  const rows = [served('other:1', delivery('other:1')), served('other:2', delivery('other:2'))];
  const { book, ids } = openBook(rows);
  await book.readAll();
  book.remove(['other:1', 'other:5']);
  expect(ids()).toEqual(['other:2']);
  book.clear();
  expect(ids()).toEqual([]);
  await book.readAll();
  expect(ids()).toEqual(['other:1', 'other:2']);
});

test('[ORD2] what was written once counts once: at its author and in the fork of it, and where another copy took its place', async () => {
  const { book, ids } = openBook();
  const own = delivery('own:0000000005');
  book.addOwn(own);
  book.put([served('fork:0000000005', own)]);
  expect(ids()).toHaveLength(1);
  const of = delivery('other:0000000007');
  book.put([served(of.id, of)]);
  expect(ids()).toHaveLength(2);
  // The server was set back, and heard of the other copy first.
  const twin = { ...makeDeviceEntries().find(({ kind }) => kind === 'sale'), id: of.id };
  book.put([served(of.id, twin)]);
  expect(ids()).toHaveLength(1);
  book.put([served('fork:0000000007', of)]);
  expect(ids()).toHaveLength(2);
});

import { expect, test } from 'vitest';
import { makeDeviceEntries } from '../../schema/fixtures/make-entries.ts';
import { createMemoryShelf } from '../store/memory-shelf.ts';
import { followEntries, UNASKED_MAX } from './follow-entries.ts';
import { createLive } from './live.ts';

/** A device's own journal and what it holds of others, with how many entries were read from the disk. */
function createBooks() {
  const read = { own: 0, arrived: 0 };
  const own: { id: string; deviceId: string; seq: number; kind: string }[] = [];
  const shelf = createMemoryShelf<{ id: string }>('id');
  const journal = {
    index: { after: (seq: number) => own.slice(seq) },
    readEach: async (ids: readonly string[]) => {
      read.own += ids.length;
      return own.filter(({ id }) => ids.includes(id));
    },
  };
  const find: typeof shelf.find = async (query) => {
    const rows = await shelf.find(query);
    read.arrived += rows.length;
    return rows;
  };
  const active = createLive(true);
  const deps = { journal, active, shelves: { branchJournal: { ...shelf, find } } } as never;
  const follower = followEntries(deps, {
    kinds: new Set(['receive', 'count']),
    pick: ({ id, entry }) => (entry.kind === 'receive' ? id : null),
  });
  const write = (kind: string) => own.push({ id: `own:${own.length + 1}`, deviceId: 'own', seq: own.length + 1, kind });
  const arrive = (seq: number, kind: string, receivedAt = seq, verdict = 'accepted') =>
    shelf.replace({ id: `other:${seq}`, deviceId: 'other', seq, receivedAt, verdict, kind, entry: { kind } } as never);
  return { read, write, arrive, shelf, active, ask: (since = 0) => follower.read(since) };
}

test('[STT7] each entry is read from the disk once, however often somebody asks; what comes later is taken in as it comes', async () => {
  const { read, write, arrive, ask } = createBooks();
  for (let seq = 1; seq <= 50; seq += 1) await arrive(seq, seq % 2 ? 'receive' : 'sale');
  for (const kind of ['receive', 'sale', 'count']) write(kind);
  expect(await ask()).toHaveLength(26);
  expect(read).toEqual({ own: 2, arrived: 50 });
  for (let again = 0; again < 20; again += 1) await ask();
  expect(read).toEqual({ own: 2, arrived: 50 });
  write('receive');
  await arrive(51, 'receive');
  expect(await ask()).toHaveLength(28);
  expect(read).toEqual({ own: 3, arrived: 50 });
});

test('[STT7] what is released, taken back or removed later changes what is known', async () => {
  const { arrive, shelf, ask } = createBooks();
  await arrive(1, 'receive', 1, 'quarantined');
  expect(await ask()).toEqual([]);
  await arrive(1, 'receive');
  expect(await ask()).toEqual(['other:1']);
  await shelf.remove(['other:1']);
  expect(await ask()).toEqual([]);
});

test('[STT7] what a release says that an entry meant counts as that entry, once', async () => {
  const { arrive, shelf, ask } = createBooks();
  const readable = makeDeviceEntries().find(({ kind }) => kind === 'receive');
  const [id, body] = [
    'other:0000000007',
    { target: 'other:0000000007', hash: readable?.hash, readable, reason: 'late' },
  ];
  const release = { id: 'server:1', deviceId: 'server', seq: 1, receivedAt: 2, verdict: 'accepted', kind: 'release' };
  await arrive(1, 'receive', 1, 'quarantined');
  await shelf.replace({ ...release, entry: { kind: 'release', body } } as never);
  expect(await ask()).toEqual([id]);
  // One that came late is there itself too.
  await shelf.replace({ ...release, id, deviceId: 'other', seq: 7, kind: 'receive', entry: readable } as never);
  expect(await ask()).toEqual([id]);
});

test('[STT7] an earlier moment, another tab that writes, and more than anybody waits for read anew', async () => {
  const { read, arrive, shelf, active, ask } = createBooks();
  for (let seq = 1; seq <= 10; seq += 1) await arrive(seq, 'receive');
  expect(await ask(6)).toHaveLength(5);
  expect(await ask(8)).toHaveLength(5);
  expect(read.arrived).toBe(5);
  expect(await ask(1)).toHaveLength(10);
  expect(read.arrived).toBe(15);
  active.set(false);
  expect(await ask(1)).toHaveLength(10);
  expect(await ask(1)).toHaveLength(10);
  expect(read.arrived).toBe(35);
  active.set(true);
  await ask(1);
  const many = Array.from({ length: UNASKED_MAX + 1 }, (_, place) => ({
    id: `many:${place}`,
    verdict: 'refused',
    receivedAt: 99,
  }));
  await shelf.insertAll(many);
  expect(await ask(1)).toHaveLength(10);
  expect(read.arrived).toBe(45 + 10 + many.length);
});

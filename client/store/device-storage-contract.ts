import { findChainFault } from '../../schema/chain.ts';
import type { BodyOf } from '../../schema/entry/entry.ts';
import { type BranchId, type DeviceId, entryId, type PersonId } from '../../schema/ids.ts';
import type { Timers } from '../device/device-deps.ts';
import { createFindings, type Finding } from './findings.ts';
import { createJournal, type Journal, type OwnEntry } from './journal.ts';
import { createTailKeeper } from './journal-tail.ts';
import { createMemoryShelf } from './memory-shelf.ts';
import type { Shelf } from './shelf.ts';
import type { Vault } from './vault.ts';

/**
 * What every storage of a device must do, whatever implements it. Plain functions that throw: the same run in Node over memory and
 * over RxDB, and in a real Chromium over RxDB on IndexedDB.
 */
export interface DeviceStorage {
  /** Opens what was left at the last close: a tab that starts. One is open at a time. */
  open(): Promise<OpenStorage>;
  /** The next write of the journal fails; it may have written all the same. */
  failNextWrite(how: 'nothing-written' | 'written'): void;
}

export interface OpenStorage {
  readonly journal: Shelf<OwnEntry>;
  readonly vault: Vault;
  close(): Promise<void>;
}

const owner = { deviceId: 'd'.repeat(16) as DeviceId, branch: 'utama' as BranchId };
const budi = 'budi' as PersonId;
const goods = { reason: 'found', lines: [{ productId: 'p', delta: 1 }] } as unknown as BodyOf<'adjust'>;

/** [DISK7] An entry comes back exactly as it was written, also over a restart, and is never replaced by another insert. */
export async function keepsWhatWasInserted(storage: DeviceStorage): Promise<void> {
  const written = await inTab(storage, async ({ journal, add }) => {
    const entry = await add();
    same(await journal.insert({ ...entry, at: 77 }), false, 'a second insert of the key');
    return entry;
  });
  await inTab(storage, async ({ journal }) => same(await journal.byIds([written.id]), [written], 'the entry'));
}

/** [DISK3] Rows that vanished from the end leave no fork and no number that comes twice. */
export async function goesOnBehindLostRows(storage: DeviceStorage): Promise<void> {
  await inTab(storage, async ({ journal, add }) => {
    for (let made = 0; made < 5; made += 1) await add();
    await journal.remove([entryId(owner.deviceId, 4), entryId(owner.deviceId, 5)]);
  });
  await inTab(storage, async ({ add, found }) => {
    same((await add()).seq, 6, 'the next seq');
    same(
      (await found()).map(({ detail }) => detail.fault),
      ['gap'],
      'what is told',
    );
  });
}

/** [DISK4] A write that fails leaves nothing, and the place is free for the next entry. */
export async function leavesNothingHalfWritten(storage: DeviceStorage): Promise<void> {
  await inTab(storage, async ({ add }) => {
    await add();
    storage.failNextWrite('nothing-written');
    same(
      await add().then(
        () => 'written',
        () => 'refused',
      ),
      'refused',
      'a failing write',
    );
    same((await add()).seq, 2, 'the seq after it');
  });
  await inTab(storage, ({ journal }) => expectWhole(journal, 2));
}

/** [DISK4] A write whose answer was lost has its entry once. */
export async function doesNotWriteTwice(storage: DeviceStorage): Promise<void> {
  await inTab(storage, async ({ add }) => {
    storage.failNextWrite('written');
    same([(await add()).seq, (await add()).seq], [1, 2], 'the seqs');
  });
  await inTab(storage, ({ journal }) => expectWhole(journal, 2));
}

/** [TILL26] What is refused while it is being written is not there, now or after a restart; the same wish takes its place. */
export async function leavesOutWhatIsRefused(storage: DeviceStorage): Promise<void> {
  await inTab(storage, async ({ journal, add }) => {
    await add();
    const refuse = () => {
      throw new Error('unreadable');
    };
    same(await add(refuse).catch(({ message }: Error) => message), 'unreadable', 'why it is not written');
    same((await journal.find({})).length, 1, 'entries behind it');
  });
  await inTab(storage, async ({ journal, add }) => {
    const asked: number[] = [];
    same((await add(() => void asked.push(1))).seq, 2, 'the seq of the next');
    same(asked.length, 1, 'how often it was asked');
    await expectWhole(journal, 2);
  });
}

/** [DISK8] A tab that slept while another one wrote sees it on disk and writes behind it. */
export async function writesBehindAnotherTab(storage: DeviceStorage): Promise<void> {
  const asleep = await openTab(await storage.open());
  await asleep.add();
  await asleep.close();
  await inTab(storage, async ({ add }) => void (await add()));
  // It wakes with what it remembered, over the disk as it is now.
  await inTab(storage, async ({ journal }) => {
    asleep.moveTo(journal);
    same((await asleep.add()).seq, 3, 'the seq of the late entry');
    await expectWhole(journal, 3);
  });
}

/** [DISK9] Removed rows are gone after a restart too, and the rest is whole. */
export async function forgetsWhatWasPurged(storage: DeviceStorage): Promise<void> {
  await inTab(storage, async ({ add, purge }) => {
    for (let made = 0; made < 4; made += 1) await add();
    same(await purge(3), 3, 'how many went');
  });
  await inTab(storage, async ({ journal, add }) => {
    same(
      (await journal.find({})).map(({ seq }) => seq),
      [4],
      'what is left',
    );
    same((await add()).seq, 5, 'the next seq');
  });
}

interface Tab {
  readonly journal: Shelf<OwnEntry>;
  add(prove?: () => void): Promise<OwnEntry>;
  purge(upTo: number): Promise<number>;
  found(): Promise<Finding[]>;
  /** Goes on over another opening of the same disk, with all that it has in memory. */
  moveTo(shelf: Shelf<OwnEntry>): void;
  close(): Promise<void>;
}

async function inTab<Value>(storage: DeviceStorage, act: (tab: Tab) => Promise<Value>): Promise<Value> {
  const tab = await openTab(await storage.open());
  try {
    return await act(tab);
  } finally {
    await tab.close();
  }
}

async function openTab({ journal: shelf, vault, close }: OpenStorage): Promise<Tab> {
  let now = shelf;
  const findings = createFindings(createMemoryShelf<Finding>('id'), () => 1);
  const journal: Journal = createJournal({
    shelf: movable(() => now),
    owner,
    findings,
    tail: createTailKeeper(vault),
    signer: { sign: async () => 'A'.repeat(86) },
    timers: noTimers,
    clock: () => 1,
    onEntry: () => undefined,
    onSuperseded: () => undefined,
  });
  await journal.load();
  return {
    journal: shelf,
    add: (prove) => journal.append('adjust', budi, () => goods, prove ? { prove } : {}),
    purge: (upTo) => journal.purge(upTo, upTo),
    found: () => findings.about('chain'),
    moveTo: (other) => {
      now = other;
    },
    close,
  };
}

/** So few entries are checked at once; nothing is put off. */
const noTimers: Timers = { after: () => () => undefined };

function movable(shelf: () => Shelf<OwnEntry>): Shelf<OwnEntry> {
  return {
    insert: (doc, prove) => shelf().insert(doc, prove),
    insertAll: (docs) => shelf().insertAll(docs),
    replaceAll: (docs) => shelf().replaceAll(docs),
    replace: (doc) => shelf().replace(doc),
    byIds: (ids) => shelf().byIds(ids),
    find: (query) => shelf().find(query),
    count: () => shelf().count(),
    remove: (ids) => shelf().remove(ids),
    onWritten: (act) => shelf().onWritten(act),
    onRemoved: (act) => shelf().onRemoved(act),
  };
}

async function expectWhole(shelf: Shelf<OwnEntry>, count: number): Promise<void> {
  const entries = await shelf.find({ sort: ['id'] });
  same(
    entries.map(({ seq }) => seq),
    Array.from({ length: count }, (_, index) => index + 1),
    'the seqs on disk',
  );
  same(findChainFault(entries), null, 'the chain');
}

function same(actual: unknown, expected: unknown, what: string): void {
  const [found, wanted] = [JSON.stringify(sorted(actual)), JSON.stringify(sorted(expected))];
  if (found !== wanted) throw new Error(`${what}: ${found} instead of ${wanted}`);
}

/** Storages may give fields in another order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return Object.fromEntries(entries.map(([key, held]) => [key, sorted(held)]));
}

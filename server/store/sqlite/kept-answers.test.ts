import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  branchIdShape,
  COMPANY_SCOPE,
  deviceIdShape,
  entryId,
  hashShape,
  scopeShape,
  tillCodeShape,
} from '../../../schema/ids.ts';
import { makeTestFolder } from '../../testing/test-deps.ts';
import type { ReadTx, Store, StoredDevice, StoredEntry, WriteTx } from '../store.ts';
import { openSqliteStore } from './sqlite-store.ts';

const SCOPE = scopeShape.parse('utama');
const DEVICE = deviceIdShape.parse('0123456789abcdef');
const OTHER = deviceIdShape.parse('fedcba9876543210');
const HASH = hashShape.parse('a'.repeat(64));

const device = (deviceId: StoredDevice['deviceId'], fields: Partial<StoredDevice> = {}): StoredDevice => ({
  ...{ deviceId, branch: branchIdShape.parse('utama'), role: 'till', till: tillCodeShape.parse('K1'), generation: 1 },
  ...{ publicKey: '{}', certificate: 'c', credentialHash: `hash of ${deviceId}`, enrolledAt: 1, forkOf: null },
  ...fields,
});
const entry = (entrySeq: number): StoredEntry => ({
  ...{ id: entryId(DEVICE, entrySeq), deviceId: DEVICE, entrySeq, prev: HASH, hash: HASH, scope: SCOPE, kind: 'sale' },
  ...{ at: 1, json: '{}', signature: '', courier: DEVICE, receivedAt: 1, verdict: 'accepted', reason: '', flags: [] },
});

/** What may be asked, and what makes the answer another one. */
interface Fact {
  readonly ask: (tx: ReadTx) => Promise<unknown>;
  readonly change: (tx: WriteTx) => Promise<unknown>;
}
const FACTS: Readonly<Record<string, Fact>> = {
  epoch: { ask: (tx) => tx.epoch(), change: (tx) => tx.addEpoch({ n: 9, id: '9'.repeat(16) }, 1) },
  place: {
    ask: (tx) => tx.place(SCOPE),
    change: (tx) => tx.putDocument('stock', { id: 's', scope: SCOPE, json: '{"new":1}' }),
  },
  'a device': { ask: (tx) => tx.device(DEVICE), change: (tx) => tx.setCredential(DEVICE, 'another') },
  'no device': { ask: (tx) => tx.device(OTHER), change: (tx) => tx.addDevice(device(OTHER)) },
  forks: {
    ask: (tx) => tx.forksOf(DEVICE),
    change: (tx) => tx.addDevice(device(OTHER, { forkOf: DEVICE, credentialHash: null })),
  },
  settled: {
    ask: (tx) => tx.settledBy('a target'),
    change: async (tx) => {
      await tx.insertEntry(entry(2));
      await tx.settle('a target', entryId(DEVICE, 2));
    },
  },
  head: { ask: (tx) => tx.head(DEVICE), change: (tx) => tx.setHead(DEVICE, { seq: 7, hash: HASH }) },
  'no head': {
    ask: (tx) => tx.head(OTHER),
    change: async (tx) => {
      await tx.addDevice(device(OTHER));
      await tx.setHead(OTHER, { seq: 1, hash: HASH });
    },
  },
  'no entry': { ask: (tx) => tx.entry(entryId(DEVICE, 2)), change: (tx) => tx.insertEntry(entry(2)) },
  'an entry': {
    ask: (tx) => tx.entry(entryId(DEVICE, 1)),
    change: (tx) => tx.quarantineEntry(entryId(DEVICE, 1), 'prev'),
  },
  'what follows': { ask: (tx) => tx.entriesFrom(DEVICE, 2, 10), change: (tx) => tx.insertEntry(entry(2)) },
};
const NAMES = Object.keys(FACTS);

let folder: ReturnType<typeof makeTestFolder>;
let store: Store;
/** Another connection of its own, as another process has one. */
let outside: Store;
let failing = false;

beforeEach(async () => {
  folder = makeTestFolder();
  failing = false;
  const deps = {
    randomBytes: (count: number) => randomBytes(count),
    after: (_ms: number, work: () => void) => setImmediate(work),
  };
  const beforeWrite = () => {
    if (failing) throw new Error('the disk');
  };
  store = openSqliteStore(join(folder.path, 'laci.db'), { ...deps, beforeWrite });
  outside = openSqliteStore(join(folder.path, 'laci.db'), deps);
  await write(store, async (tx) => {
    await tx.addEpoch({ n: 1, id: '1'.repeat(16) }, 1);
    await tx.addDevice(device(DEVICE));
    await tx.insertEntry(entry(1));
    await tx.setHead(DEVICE, { seq: 1, hash: HASH });
    await tx.putDocument('stock', { id: 's', scope: SCOPE, json: '{}' });
  });
});
afterEach(async () => {
  await store.close();
  await outside.close();
  folder.remove();
});

function write<Value>(into: Store, work: (tx: WriteTx) => Promise<Value>): Promise<Value> {
  return into.write([SCOPE, COMPANY_SCOPE], work);
}

/** What the file says, which no reading connection keeps. */
function truth({ ask }: Fact): Promise<unknown> {
  return outside.read(ask);
}

test.each(NAMES)('[STORE31] another process that writes makes it unknown: %s', async (name) => {
  const fact = FACTS[name] as Fact;
  const before = await write(store, fact.ask);
  await write(outside, fact.change);
  const now = await write(store, fact.ask);
  expect(now).toEqual(await truth(fact));
  expect(now).not.toEqual(before);
});

test.each(NAMES)('[STORE31] a transaction that writes hears of it, and so does the next: %s', async (name) => {
  const fact = FACTS[name] as Fact;
  const [before, within] = await write(store, async (tx) => {
    const answer = await fact.ask(tx);
    await fact.change(tx);
    return [answer, await fact.ask(tx)];
  });
  const now = await write(store, fact.ask);
  expect(now).toEqual(await truth(fact));
  // Where a scope ends is written with the commit.
  expect(within).toEqual(name === 'place' ? before : now);
  expect(now).not.toEqual(before);
});

test.each(NAMES)('[STORE31] a transaction that fails leaves nothing of what it wrote: %s', async (name) => {
  const fact = FACTS[name] as Fact;
  const before = await write(store, fact.ask);
  const changed = async (tx: WriteTx) => {
    await fact.change(tx);
    await fact.ask(tx);
  };
  const thrown = write(store, async (tx) => {
    await changed(tx);
    throw new Error('no');
  });
  await expect(thrown).rejects.toThrow('no');
  expect(await write(store, fact.ask)).toEqual(before);
  const uncommitted = write(store, async (tx) => {
    await changed(tx);
    failing = true;
  });
  await expect(uncommitted).rejects.toThrow('the disk');
  failing = false;
  expect(await write(store, fact.ask)).toEqual(before);
  expect(await truth(fact)).toEqual(before);
});

test('[STORE31] a document’s change before this one is known, whoever made it, and so is one that failed', async () => {
  const put = (into: Store) => write(into, (tx) => tx.putDocument('stock', { id: 's', scope: SCOPE, json: '{}' }));
  const previous = async () => {
    const [change] = await outside.read((tx) => tx.changesAfter({ scope: SCOPE, after: 1, limit: 10 }));
    return change?.kind === 'document' ? [change.previousSeq, change.seq] : null;
  };
  await put(store);
  expect(await previous()).toEqual([2, 3]);
  await put(outside);
  await put(store);
  expect(await previous()).toEqual([4, 5]);
  const failed = write(store, async (tx) => {
    await tx.putDocument('stock', { id: 's', scope: SCOPE, json: '{"lost":1}' });
    throw new Error('no');
  });
  await expect(failed).rejects.toThrow('no');
  await put(store);
  expect(await previous()).toEqual([5, 6]);
});

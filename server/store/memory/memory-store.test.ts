import { describe, expect, test } from 'vitest';
import { COMPANY_SCOPE } from '../../../schema/ids.ts';
import { commitContract } from '../commit-contract.ts';
import { inboxContract } from '../inbox-contract.ts';
import { orderContract } from '../order-contract.ts';
import type { Store } from '../store.ts';
import { type ContractStore, storeContract } from '../store-contract.ts';
import { createLayer } from './layer.ts';
import { createMemoryDisk, type MemoryDisk } from './memory-disk.ts';
import { openMemoryStore } from './memory-store.ts';

/** Bytes that differ each time, and are the same in each run. */
function countingBytes(): (count: number) => Uint8Array {
  let calls = 0;
  return (count) => {
    calls += 1;
    return Uint8Array.from({ length: count }, (_, index) => (calls >> (5 * (index % 4))) & 31);
  };
}

function openOn(disk: MemoryDisk, randomBytes = countingBytes()): ContractStore {
  let left = 0;
  const beforeWrite = (): void => {
    left -= 1;
    if (left === 0) throw new Error('this write fails');
  };
  const store = openMemoryStore(disk, { randomBytes, beforeWrite });
  return {
    store,
    failWrite: (n) => {
      left = n;
    },
    tamper: (table) => {
      const rows = disk.snapshot();
      const [key, value] = [...rows[table]][0] ?? [];
      createLayer(rows).put(table, key as string, value as never);
    },
    reopen: async () => openOn(disk, randomBytes),
    close: () => store.close(),
  };
}

storeContract('memory', async () => openOn(createMemoryDisk()));
describe('memory: commit order', () => orderContract(async () => openOn(createMemoryDisk())));
inboxContract('memory', async () => openOn(createMemoryDisk()));
commitContract('memory', async () => openOn(createMemoryDisk()));

const put = (store: Store, id: string) =>
  store.write([COMPANY_SCOPE], (tx) => tx.putDocument('products', { id, scope: COMPANY_SCOPE, json: '{}' }));
const count = (store: Store) => store.read((tx) => tx.countDocuments('products', COMPANY_SCOPE, 0));

test('[I2] a power cut before a commit is on disk takes it; nobody saw it, and it never resolves', async () => {
  const disk = createMemoryDisk({ beforeSync: async () => (cut ? disk.crash() : undefined) });
  let cut = false;
  const store = openMemoryStore(disk, { randomBytes: countingBytes() });
  await put(store, 'a');
  cut = true;
  let resolved = false;
  void put(store, 'b').then(() => (resolved = true));
  await new Promise((resolve) => setImmediate(resolve));
  expect([resolved, await count(store)]).toEqual([false, 1]);
  cut = false;
  expect(await count(openMemoryStore(disk, { randomBytes: countingBytes() }))).toBe(1);
});

test('[I2] a power cut after a commit is on disk leaves it there, though nobody was told', async () => {
  const disk = createMemoryDisk({ afterSync: async () => disk.crash() });
  const store = openMemoryStore(disk, { randomBytes: countingBytes() });
  void put(store, 'a');
  await new Promise((resolve) => setImmediate(resolve));
  expect(await count(openMemoryStore(disk, { randomBytes: countingBytes() }))).toBe(1);
});

test('[I2] a snapshot that was put back is all there is', async () => {
  const disk = createMemoryDisk();
  const store = openMemoryStore(disk, { randomBytes: countingBytes() });
  await put(store, 'a');
  const backup = disk.snapshot();
  await put(store, 'b');
  disk.crash();
  disk.restore(backup);
  const restored = openMemoryStore(disk, { randomBytes: countingBytes() });
  expect(await count(restored)).toBe(1);
  await put(restored, 'c');
  disk.restore(backup);
  expect(await count(openMemoryStore(disk, { randomBytes: countingBytes() }))).toBe(1);
});

test('[I2] a disk that fails leaves nothing of the commit, and the store goes on', async () => {
  let fails = true;
  const disk = createMemoryDisk({ beforeSync: async () => (fails ? Promise.reject(new Error('EIO')) : undefined) });
  const store = openMemoryStore(disk, { randomBytes: countingBytes() });
  await expect(put(store, 'a')).rejects.toThrow('EIO');
  fails = false;
  await put(store, 'b');
  expect(await count(store)).toBe(1);
});

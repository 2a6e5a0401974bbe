import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { COLLECTION_SCHEMAS } from '../../schema/collections.ts';
import edits from '../../schema/fixtures/v1/edits.json' with { type: 'json' };
import entries from '../../schema/fixtures/v1/entries.json' with { type: 'json' };
import pulls from '../../schema/fixtures/v1/pulls.json' with { type: 'json' };
import { hashJson } from '../../schema/hash.ts';
import type { BranchId, DeviceId } from '../../schema/ids.ts';
import { createManualTimers } from '../sync/manual-timers.ts';
import { createBrowserDisks } from './browser-disk.ts';
import { openDatabase } from './database.ts';
import { createDexieStorage } from './dexie-storage.ts';
import { createDisk } from './disk.ts';
import { createFindings } from './findings.ts';
import { createJournal, type OwnEntry } from './journal.ts';
import { createTailKeeper } from './journal-tail.ts';
import { createMemoryVault } from './memory-vault.ts';
import { createRxDisks } from './rx-disk.ts';
import type { Shelf } from './shelf.ts';
import { createDiskStorage, createMemoryStorage } from './storage.ts';

/**
 * RxDB refuses a database whose schema is another one under the same version. These are the ones that shops have on their disks since
 * version 1: they stay, and what is new about a document is a field that they do not name.
 */
const SCHEMAS_ON_DISKS = 'a186e8089b27cd4b6e622d0d203f3a31b413b313e6853a2a00bfefb3ce2ff87f';

test('[LIFE4] the schemas of the collections are those that are on people’s disks', () => {
  const { drafts: _drafts, draftChanges: _draftChanges, ...sinceVersion1 } = COLLECTION_SCHEMAS;
  expect(hashJson(sinceVersion1)).toBe(SCHEMAS_ON_DISKS);
});

const pulled = {
  company: newest(pulls.company.documents),
  products: newest(pulls.products.documents),
  stock: newest(pulls.stock.documents),
  branchJournal: newest(pulls.branchJournal.documents),
};
const firstEdit = { ...(Object.values(edits)[0] as object), editId: 'edit-of-version-1', order: 1, verdict: null };

const timers = createManualTimers();
const random = { number: () => 0, bytes: (count: number) => new Uint8Array(count) };
const rxDisks = (storage: ReturnType<typeof createMemoryStorage>) => createRxDisks(storage, timers);
const browserDisks = () => createBrowserDisks(createDisk(), { clock: () => 2, timers, random });

test.each([
  ['Dexie', createDexieStorage, rxDisks],
  ['disk', createDiskStorage, browserDisks],
  ['disk under RxDB', createDiskStorage, rxDisks],
  ['memory', createMemoryStorage, rxDisks],
])(
  '[LIFE4] what version 1 wrote opens today, and what today writes opens in version 1: %s',
  async (name, makeStorage, disksOf) => {
    const storage = makeStorage();
    const slot = `old-${name}`;
    await asVersion1(slot, storage, async (collections) => {
      for (const entry of entries) await collections.journal.insert(entry as never);
      for (const [collection, documents] of Object.entries(pulled))
        for (const document of documents)
          await collections[collection as keyof typeof pulled].insert(document as never);
      await collections.edits.bulkInsert([firstEdit as never]);
    });

    const disk = await disksOf(storage)(slot);
    for (const [collection, documents] of Object.entries(pulled))
      expect(byId(await disk.shelves[collection as keyof typeof pulled].find({}))).toEqual(byId(documents as never));
    expect(await disk.shelves.edits.find({})).toEqual([firstEdit]);
    const journal = await openJournal(disk.shelves.journal);
    expect(journal.index.head().seq).toBe(entries.length);
    const signed = await journal.append('adjust', 'budi' as never, () => ({ reason: 'found', lines: [] }) as never);
    const decided = { ...firstEdit, decided: { at: 1, fields: { name: 'mine' } } };
    await disk.shelves.edits.replace(decided as never);
    await disk.close();

    await asVersion1(slot, storage, async (collections) => {
      const document = await collections.journal.findOne(signed.id).exec();
      expect(document?.toJSON()).toEqual(signed);
      expect(signed).toHaveProperty('signature');
      // It writes back what it read, with a change of its own: fields that it does not know go with it.
      const edit = (await collections.edits.findOne(firstEdit.editId).exec())?.toJSON();
      await collections.edits.incrementalUpsert({ ...edit, order: 2 } as never);
    });
    const again = await disksOf(storage)(slot);
    expect(await again.shelves.edits.find({})).toEqual([{ ...decided, order: 2 }]);
    await again.close();
  },
);

/** Version 1 of the app, as far as its database goes: the same schemas, by RxDB's own methods. */
async function asVersion1(
  slot: string,
  storage: ReturnType<typeof createMemoryStorage>,
  act: (collections: Awaited<ReturnType<typeof openDatabase>>['collections']) => Promise<void>,
): Promise<void> {
  const { collections, close } = await openDatabase(slot, storage);
  await act(collections);
  await close();
}

async function openJournal(shelf: Shelf<OwnEntry>) {
  const [first] = await shelf.find({ sort: ['id'], limit: 1 });
  const journal = createJournal({
    shelf,
    owner: { deviceId: first?.deviceId as DeviceId, branch: first?.branch as BranchId },
    findings: createFindings({ insert: async () => true, find: async () => [] } as never, () => 1),
    tail: createTailKeeper(createMemoryVault()),
    signer: { sign: async () => 'A'.repeat(86) },
    timers: createManualTimers(),
    clock: () => 1,
    onEntry: () => undefined,
    onSuperseded: () => undefined,
  });
  await journal.load();
  return journal;
}

/** A recorded page may hold a document at several states; the last is what stays. */
function newest(documents: readonly { readonly id: string }[]): readonly object[] {
  return [...new Map(documents.map((document) => [document.id, document])).values()];
}

function byId(documents: readonly object[]): object[] {
  return [...documents].sort((left, right) => ((left as { id: string }).id < (right as { id: string }).id ? -1 : 1));
}

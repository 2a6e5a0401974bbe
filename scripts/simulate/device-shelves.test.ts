import { expect, test } from 'vitest';
import type { DeviceDisk } from '../../client/store/device-disk.ts';
import { openDeviceDisk } from './device-shelves.ts';
import { emptyStorage } from './device-storage.ts';
import { noStorageFaults } from './storage-faults.ts';
import { createTab } from './tab.ts';
import { createVirtualTime } from './virtual-time.ts';

/** Two tabs on one disk of documents, and what the first one's books hear. */
async function openTwo() {
  const [storage, time, heard] = [emptyStorage(), createVirtualTime(), [] as string[]];
  const open = (): Promise<DeviceDisk> =>
    openDeviceDisk({
      ...{ storage, faults: noStorageFaults(), tab: createTab(time), keepsLog: false },
      ...{ failed: () => undefined, written: () => undefined, lied: () => undefined },
    });
  storage.docs.draftChanges.set('before', { id: 'before' });
  const [active, woken] = [await open(), await open()];
  active.shelves.draftChanges.onWritten((rows) => heard.push(...rows.map(({ id }) => id)));
  active.shelves.edits.onWritten((rows) => heard.push(...rows.map(({ editId }) => editId)));
  return { active, woken, heard };
}

test('[TAB4] [F29] a tab of a disk of documents hears at its next look of the edit and the held cart of one that slept', async () => {
  const { active, woken, heard } = await openTwo();
  await woken.shelves.draftChanges.insert({ id: 'cart' } as never);
  await woken.shelves.edits.insertAll([{ editId: 'edit' }] as never);
  expect(heard).toEqual([]);
  await active.log?.begin();
  expect(heard.sort()).toEqual(['cart', 'edit']);
});

test('[TAB4] [F29] a tab hears once of what another one wrote, and not again of what it wrote itself', async () => {
  const { active, woken, heard } = await openTwo();
  await active.shelves.draftChanges.insert({ id: 'own' } as never);
  await woken.shelves.draftChanges.replaceAll([{ id: 'one' }, { id: 'two' }] as never);
  for (const _look of [1, 2]) await active.log?.begin();
  expect(heard).toEqual(['own', 'one', 'two']);
});

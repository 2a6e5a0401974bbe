import 'fake-indexeddb/auto';
import { afterEach, describe, test } from 'vitest';
import { createBrowserDisks } from './browser-disk.ts';
import { openBrowserVault } from './browser-vault.ts';
import type { OpenDisk } from './device-disk.ts';
import {
  type DeviceStorage,
  doesNotWriteTwice,
  forgetsWhatWasPurged,
  goesOnBehindLostRows,
  keepsWhatWasInserted,
  leavesNothingHalfWritten,
  leavesOutWhatIsRefused,
  writesBehindAnotherTab,
} from './device-storage-contract.ts';
import { createDexieStorage } from './dexie-storage.ts';
import { createDisk } from './disk.ts';
import type { OwnEntry } from './journal.ts';
import { openLogFile } from './log/log-file.ts';
import { createLogStorage } from './log/log-storage.ts';
import { createMemoryShelf } from './memory-shelf.ts';
import { createMemoryVault } from './memory-vault.ts';
import { createRowStorage } from './rows/row-storage.ts';
import { createRxDisks } from './rx-disk.ts';
import type { Shelf } from './shelf.ts';
import { createMemoryStorage } from './storage.ts';
import type { Vault } from './vault.ts';

const closes = new Set<() => Promise<void>>();
afterEach(async () => {
  for (const close of closes) await close();
  closes.clear();
});

/** A storage whose next write a test can break. */
function breakable(openShelf: () => Promise<[Shelf<OwnEntry>, () => Promise<void>]>, vault: Vault): DeviceStorage {
  let broken: Parameters<DeviceStorage['failNextWrite']>[0] | null = null;
  return {
    failNextWrite: (how) => {
      broken = how;
    },
    open: async () => {
      const [journal, end] = await openShelf();
      const close = async () => {
        if (closes.delete(close)) await end();
      };
      closes.add(close);
      const insert: typeof journal.insert = async (doc, prove) => {
        const how = broken;
        broken = null;
        if (how === null) return journal.insert(doc, prove);
        if (how === 'written') await journal.insert(doc, prove);
        throw new Error('The disk failed.');
      };
      return { journal: { ...journal, insert }, vault, close };
    },
  };
}

let slots = 0;
async function overRx(openDisk: OpenDisk, vault: Vault): Promise<DeviceStorage> {
  slots += 1;
  const slot = `storage-${slots}`;
  return breakable(async () => {
    const { shelves, close } = await openDisk(slot);
    return [shelves.journal, close];
  }, vault);
}

const timers = {
  after: (ms: number, act: () => void) => {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  },
};

const world = { timers, clock: () => 1, random: { number: () => 0, bytes: (count: number) => new Uint8Array(count) } };

async function inBrowser(storage: Parameters<typeof createRxDisks>[0]): Promise<DeviceStorage> {
  return onDisk(createRxDisks(storage, timers));
}

async function onDisk(openDisk: OpenDisk): Promise<DeviceStorage> {
  return overRx(openDisk, await openBrowserVault(`storage-${slots + 1}`, indexedDB));
}

describe.each<[string, () => Promise<DeviceStorage>]>([
  [
    'memory shelves',
    async () => {
      const docs = new Map<string, OwnEntry>();
      return breakable(async () => [createMemoryShelf('id', { docs }), async () => undefined], createMemoryVault());
    },
  ],
  ['RxDB in memory', async () => overRx(createRxDisks(createMemoryStorage(), timers), createMemoryVault())],
  ['RxDB on Dexie', () => inBrowser(createDexieStorage())],
  ['RxDB on rows', () => inBrowser(createRowStorage(indexedDB))],
  ['RxDB on a log', () => inBrowser(createLogStorage({ openFile: (name) => openLogFile(name, indexedDB) }))],
  ['as the app has it', () => onDisk(createBrowserDisks(createDisk(), world))],
])('a device’s storage: %s', (_name, make) => {
  test('[DISK7] an entry comes back as it was written and is never replaced', async () =>
    keepsWhatWasInserted(await make()));
  test('[DISK3] lost rows at the end leave no fork', async () => goesOnBehindLostRows(await make()));
  test('[DISK4] a failed write leaves nothing', async () => leavesNothingHalfWritten(await make()));
  test('[TILL26] what is refused while it is written is not there', async () => leavesOutWhatIsRefused(await make()));
  test('[DISK4] a lost answer writes nothing twice', async () => doesNotWriteTwice(await make()));
  test('[DISK8] [F29] a tab that slept writes behind what another one wrote', async () =>
    writesBehindAnotherTab(await make()));
  test('[DISK9] purged rows stay away', async () => forgetsWhatWasPurged(await make()));
});

import { openBrowserVault } from '../store/browser-vault.ts';
import {
  type DeviceStorage,
  doesNotWriteTwice,
  forgetsWhatWasPurged,
  goesOnBehindLostRows,
  keepsWhatWasInserted,
  leavesNothingHalfWritten,
  writesBehindAnotherTab,
} from '../store/device-storage-contract.ts';
import type { OwnEntry } from '../store/journal.ts';
import { createRxDisks } from '../store/rx-disk.ts';
import type { Shelf } from '../store/shelf.ts';
import { createDiskStorage } from '../store/storage.ts';

/** The storage contract in a real browser, over RxDB and Dexie on IndexedDB as the app opens them. */
const CASES = {
  keepsWhatWasInserted,
  goesOnBehindLostRows,
  leavesNothingHalfWritten,
  doesNotWriteTwice,
  writesBehindAnotherTab,
  forgetsWhatWasPurged,
} as const;

const openDisk = createRxDisks(createDiskStorage(), {
  after: (ms, act) => {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  },
});

async function openStorage(slot: string): Promise<DeviceStorage> {
  const vault = await openBrowserVault(slot, indexedDB);
  let answerIsLost = false;
  return {
    failNextWrite: (how) => {
      if (how === 'written') answerIsLost = true;
      else abortNextWrite();
    },
    open: async () => {
      const { shelves, close } = await openDisk(slot);
      const insert: Shelf<OwnEntry>['insert'] = async (doc) => {
        const inserted = await shelves.journal.insert(doc);
        if (!answerIsLost) return inserted;
        answerIsLost = false;
        throw new Error('The answer was lost.');
      };
      return { journal: { ...shelves.journal, insert }, vault, close };
    },
  };
}

/** The store of the vault, which is written behind the journal whenever it is free. */
const VAULT_STORE = 'values';

/** The browser itself takes back the journal's next transaction that writes, as it does when the disk is full. */
function abortNextWrite(): void {
  const prototype = IDBObjectStore.prototype;
  const methods = { add: prototype.add, put: prototype.put };
  const abort = (method: 'add' | 'put') =>
    function (this: IDBObjectStore, ...args: Parameters<IDBObjectStore['put']>) {
      if (this.name === VAULT_STORE) return methods[method].apply(this, args);
      Object.assign(prototype, methods);
      const request = methods[method].apply(this, args);
      this.transaction.abort();
      return request;
    };
  Object.assign(prototype, { add: abort('add'), put: abort('put') });
}

/** Runs every case; gives what went wrong by name. */
async function runContract(): Promise<Record<string, string>> {
  const faults: Record<string, string> = {};
  for (const [name, run] of Object.entries(CASES))
    await run(await openStorage(`contract-${name}`)).catch((error: unknown) => {
      faults[name] = String(error);
    });
  return faults;
}

Object.assign(window, { runContract, cases: Object.keys(CASES) });

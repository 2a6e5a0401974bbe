import { createBrowserDisks } from '../store/browser-disk.ts';
import { openBrowserVault } from '../store/browser-vault.ts';
import type { OpenDisk } from '../store/device-disk.ts';
import {
  type DeviceStorage,
  doesNotWriteTwice,
  forgetsWhatWasPurged,
  goesOnBehindLostRows,
  keepsWhatWasInserted,
  leavesNothingHalfWritten,
  leavesOutWhatIsRefused,
  writesBehindAnotherTab,
} from '../store/device-storage-contract.ts';
import { createDisk } from '../store/disk.ts';
import type { OwnEntry } from '../store/journal.ts';
import { openLogFile } from '../store/log/log-file.ts';
import { createLogStorage } from '../store/log/log-storage.ts';
import { createRxDisks } from '../store/rx-disk.ts';
import type { Shelf } from '../store/shelf.ts';

/** The storage contract in a real browser: over IndexedDB as the app opens it, and with the journal in a log under RxDB too. */
const CASES = {
  keepsWhatWasInserted,
  goesOnBehindLostRows,
  leavesNothingHalfWritten,
  leavesOutWhatIsRefused,
  doesNotWriteTwice,
  writesBehindAnotherTab,
  forgetsWhatWasPurged,
} as const;

const timers = {
  after: (ms: number, act: () => void) => {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  },
};
const random = { number: () => 0, bytes: (count: number) => crypto.getRandomValues(new Uint8Array(count)) };
const DISKS = {
  app: createBrowserDisks(createDisk(), { timers, clock: () => Date.now(), random }),
  log: createRxDisks(createLogStorage({ openFile: (name) => openLogFile(`${name}--log`, indexedDB) }), timers),
};

async function openStorage(slot: string, openDisk: OpenDisk): Promise<DeviceStorage> {
  const vault = await openBrowserVault(slot, indexedDB);
  let answerIsLost = false;
  return {
    failNextWrite: (how) => {
      if (how === 'written') answerIsLost = true;
      else abortNextWrite();
    },
    open: async () => {
      const { shelves, close } = await openDisk(slot);
      const insert: Shelf<OwnEntry>['insert'] = async (doc, prove) => {
        const inserted = await shelves.journal.insert(doc, prove);
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
  for (const [disk, openDisk] of Object.entries(DISKS))
    for (const [name, run] of Object.entries(CASES))
      await run(await openStorage(`${disk}-${name}`, openDisk)).catch((error: unknown) => {
        faults[`${disk}: ${name}`] = String(error);
      });
  return faults;
}

Object.assign(window, { runContract, cases: Object.keys(CASES) });

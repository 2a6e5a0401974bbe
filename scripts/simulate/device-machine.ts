import { createBackRoom } from '../../client/device/back-room.ts';
import type { Device } from '../../client/device/device.ts';
import type { DeviceDeps, Timers } from '../../client/device/device-deps.ts';
import { enrolDevice } from '../../client/device/enrol-device.ts';
import { createMemoryLock } from '../../client/device/memory-lock.ts';
import { openDevice } from '../../client/device/open-device.ts';
import { createInlineReader } from '../../client/drafts/draft-reader.ts';
import { createMemoryVault } from '../../client/store/memory-vault.ts';
import type { Vault } from '../../client/store/vault.ts';
import { createEngine } from '../../client/sync/engine.ts';
import { type OpenCart, openCart } from '../../client/till/open-cart.ts';
import { type BranchId, base32FromBytes, type DeviceId } from '../../schema/ids.ts';
import { must } from '../../schema/result.ts';
import type { Random } from '../replay/random.ts';
import { openDeviceDisk, type ShelfWorld } from './device-shelves.ts';
import { type DeviceStorage, emptyStorage } from './device-storage.ts';
import type { Link } from './network.ts';
import { WORLD_BEGINS } from './server-machine.ts';
import { automergeOf } from './shared-automerge.ts';
import { createStandInSubtle } from './stand-in-crypto.ts';
import { noStorageFaults, QuotaFault, type StorageFaults } from './storage-faults.ts';
import { createTab, type Tab } from './tab.ts';
import { tabLock } from './tab-lock.ts';
import type { VirtualTime } from './virtual-time.ts';

/** One tab of a device that is open, with the cart on its screen. */
export interface OpenTab {
  readonly tab: Tab;
  readonly device: Device;
  readonly cart: OpenCart;
  /** How many entries this profile's tabs had written when it was open. */
  readonly writesAtOpen: number;
}

/** A browser profile on some machine: what it keeps, its clock, its line, and the tabs that are open. */
export interface DeviceMachine {
  readonly name: string;
  readonly branch: BranchId;
  readonly link: Link;
  readonly faults: StorageFaults;
  readonly clock: { offsetMs: number };
  storage(): DeviceStorage;
  /** Whatever was there is gone; the tabs must be closed. */
  replaceStorage(storage: DeviceStorage): void;
  /** The device that this profile is enrolled as; throws before. */
  deviceId(): DeviceId;
  enrol(code: string): Promise<boolean>;
  open(options?: { readonly takeOver?: boolean }): Promise<OpenTab>;
  tabs(): readonly OpenTab[];
  /** False where another tab wrote an entry since this one was opened or wrote its last: it reads that before its next. */
  knowsAll(open: OpenTab): boolean;
  /** The tab that may write. */
  active(): OpenTab | null;
  kill(): void;
  /** The browser says that the network is back, or that the app came into view. */
  wake(why: 'online' | 'visible'): void;
}

export interface MachineWorld {
  readonly time: VirtualTime;
  readonly random: Random;
  readonly growsOld: boolean;
  readonly keepsLog: boolean;
  readonly lied: ShelfWorld['lied'];
  readonly failed: ShelfWorld['failed'];
  readonly written: (machine: DeviceMachine, ...written: Parameters<ShelfWorld['written']>) => void;
}

const ORIGIN = 'https://toko.example';

export function createDeviceMachine(world: MachineWorld, name: string, branch: BranchId, link: Link): DeviceMachine {
  const { time, random, growsOld, keepsLog, lied } = world;
  const faults = noStorageFaults();
  const clock = { offsetMs: 0 };
  const lock = createMemoryLock();
  const wakers = { online: new Set<() => void>(), visible: new Set<() => void>() };
  let storage = emptyStorage();
  let tabs: OpenTab[] = [];
  let lastWrite: { readonly tab: Tab | null; readonly n: number } = { tab: null, n: 0 };
  const randomBytes = (count: number) => Uint8Array.from({ length: count }, () => random.whole(256));
  const depsFor = (tab: Tab): DeviceDeps => {
    const listenTo = (listeners: Set<() => void>) => (act: () => void) => {
      const awake = () => tab.run(act);
      listeners.add(awake);
      return () => void listeners.delete(awake);
    };
    const own = storage;
    return {
      name,
      openDisk: async () =>
        openDeviceDisk({
          ...{ storage: own, faults, tab, failed: world.failed, keepsLog },
          lied: (rule, text) => lied(rule, `${name}: ${text}`),
          written: (collection, doc) => {
            if (collection === 'journal') lastWrite = { tab, n: lastWrite.n + 1 };
            world.written(machine, collection, doc);
          },
        }),
      vault: tabVault(own, faults, tab, world.failed),
      clock: () => WORLD_BEGINS + time.now() + clock.offsetMs,
      timers: growsOld ? inHaste(tab.timers) : tab.timers,
      random: { number: random.next, bytes: randomBytes },
      fetch: link.fetchFor(tab),
      openSocket: link.socketFor(tab),
      sync: { load: async () => ({ createEngine }), isAwaited: true },
      subtle: createStandInSubtle(() => base32FromBytes(randomBytes(12))),
      lock: tabLock(lock, tab),
      surroundings: { onOnline: listenTo(wakers.online), onVisible: listenTo(wakers.visible) },
      openDrafts: createInlineReader(async () => automergeOf(time)),
      backRoom: () => ({ createBackRoom }),
      origin: ORIGIN,
    };
  };
  const machine: DeviceMachine = {
    ...{ name, branch, link, faults, clock },
    storage: () => storage,
    replaceStorage: (next) => {
      storage = next;
    },
    deviceId: () => must(storage.vault.enrolment, `the enrolment of ${name}`).device.deviceId,
    enrol: async (code) => (await enrolDevice(depsFor(createTab(time)), { serverAddress: '', code })).ok,
    open: async ({ takeOver = false } = {}) => {
      const tab = createTab(time);
      const own = storage;
      const texts = {
        getItem: (key: string) => own.texts.get(key) ?? null,
        setItem: (key: string, text: string) => void (tab.isAlive() && own.texts.set(key, text)),
        removeItem: (key: string) => void own.texts.delete(key),
      };
      tab.onKilled(() => {
        tabs = tabs.filter((open) => open.tab !== tab);
      });
      const cart = openCart({ texts, slot: name, newId: () => base32FromBytes(randomBytes(20)) });
      const open = { tab, device: await openDevice(depsFor(tab), { takeOver }), cart, writesAtOpen: lastWrite.n };
      if (tab.isAlive()) tabs = [...tabs, open];
      return open;
    },
    tabs: () => tabs,
    knowsAll: ({ tab, writesAtOpen }) => lastWrite.tab === tab || lastWrite.n <= writesAtOpen,
    active: () => tabs.find(({ tab, device }) => !tab.isFrozen() && device.active.get()) ?? null,
    kill: () => {
      for (const { tab } of tabs) tab.kill();
      tabs = [];
    },
    wake: (why) => {
      for (const awake of [...wakers[why]]) awake();
    },
  };
  return machine;
}

/** What waits for an hour or more waits so long here, in milliseconds. */
const HASTY_MS = 12_000;
const HOUR_MS = 3_600_000;

function inHaste({ after }: Timers): Timers {
  return { after: (ms, act) => after(ms >= HOUR_MS ? HASTY_MS : ms, act) };
}

/** The vault of a tab, on the same disk as everything else. */
function tabVault(storage: DeviceStorage, faults: StorageFaults, tab: Tab, failed: ShelfWorld['failed']): Vault {
  const vault = createMemoryVault(storage.vault);
  return {
    get: async (key) => {
      await tab.gate();
      return vault.get(key);
    },
    put: async (key, value) => {
      await tab.gate();
      if (faults.full) {
        failed('full');
        throw new QuotaFault('The disk is full.');
      }
      await vault.put(key, value);
    },
    change: async (key, change, holder) => {
      await tab.gate();
      if (faults.full) {
        failed('full');
        throw new QuotaFault('The disk is full.');
      }
      return vault.change(key, change, holder);
    },
    close: vault.close,
  };
}

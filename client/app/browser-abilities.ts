import { type BrowserReport, type FoundAbilities, isIos, type ProbeAbilities } from './abilities.ts';
import { isInstalled } from './browser-install.ts';

/** A database and a lock of this name are made for the trial and removed again. */
const TRIAL = 'laci.trial';

/** A trial that has no answer for so long, in milliseconds, counts as failed: a database that hangs keeps no sale. */
const TRIAL_MS_MAX = 10_000;

/** Calls back after so many milliseconds. */
type After = (ms: number, act: () => void) => void;

/** Tries what this browser can do; nothing here asks the person, and nothing is left behind. */
export function createBrowserProbe(after: After): ProbeAbilities {
  const withinTime = <Value>(trial: Promise<Value>, otherwise: Value): Promise<Value> =>
    Promise.race([trial, new Promise<Value>((resolve) => after(TRIAL_MS_MAX, () => resolve(otherwise)))]);
  return () => probeBrowser(withinTime);
}

type WithinTime = <Value>(trial: Promise<Value>, otherwise: Value) => Promise<Value>;

async function probeBrowser(withinTime: WithinTime): Promise<BrowserReport> {
  const isTrue = (act: () => Promise<boolean | null>) => withinTime(doesGo(act), false);
  const whereabouts = { ios: isIos(navigator), installed: isInstalled() };
  const [storage, locks, serviceWorker, persistence, camera, wakeLock] = await Promise.all([
    withinTime(tryStorage(), { indexedDb: false, keys: false }),
    isTrue(() => navigator.locks.request(TRIAL, { ifAvailable: true }, () => true)),
    isTrue(async () => (await navigator.serviceWorker.getRegistrations()).length >= 0),
    isTrue(async () => typeof (await navigator.storage.persisted()) === 'boolean'),
    isTrue(hasCamera),
    isTrue(tryWakeLock),
  ]);
  const found: FoundAbilities = {
    ...storage,
    ...{ locks, serviceWorker, persistence, camera, wakeLock },
    secure: window.isSecureContext,
    install: whereabouts.ios || whereabouts.installed || 'onbeforeinstallprompt' in window,
    usb: 'usb' in navigator,
    serial: 'serial' in navigator,
  };
  return { ...whereabouts, found };
}

/** Whatever goes wrong means that it cannot be done. */
async function doesGo(act: () => Promise<boolean | null>): Promise<boolean> {
  try {
    return (await act()) === true;
  } catch {
    return false;
  }
}

/** Keeps a text, and a key that nobody can read out, and reads both again: some private windows take neither. */
async function tryStorage(): Promise<Pick<FoundAbilities, 'indexedDb' | 'keys'>> {
  try {
    const database = await openTrial();
    const indexedDb = await doesGo(async () => (await keep(database, 'text')) === 'text');
    const keys = await doesGo(async () => (await keep(database, await makeKey())) instanceof CryptoKey);
    database.close();
    indexedDB.deleteDatabase(TRIAL);
    return { indexedDb, keys };
  } catch {
    return { indexedDb: false, keys: await doesGo(async () => (await makeKey()) instanceof CryptoKey) };
  }
}

async function makeKey(): Promise<CryptoKey> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
  return pair.privateKey;
}

function openTrial(): Promise<IDBDatabase> {
  const opening = indexedDB.open(TRIAL);
  opening.onupgradeneeded = () => opening.result.createObjectStore('trial');
  return settled(opening);
}

async function keep(database: IDBDatabase, value: unknown): Promise<unknown> {
  const rows = () => database.transaction('trial', 'readwrite').objectStore('trial');
  await settled(rows().put(value, 'value'));
  return settled(rows().get('value'));
}

function settled<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** Whether there is one; its picture is asked for when somebody scans. */
async function hasCamera(): Promise<boolean> {
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices.some(({ kind }) => kind === 'videoinput');
}

async function tryWakeLock(): Promise<boolean> {
  const lock = await navigator.wakeLock.request('screen');
  await lock.release();
  return true;
}

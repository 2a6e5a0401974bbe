import { createBrowserDeps } from '../../../client/device/browser-device.ts';
import type { DeviceDeps } from '../../../client/device/device-deps.ts';
import { enrolDevice } from '../../../client/device/enrol-device.ts';
import { openDevice } from '../../../client/device/open-device.ts';
import { createDexieStorage } from '../../../client/store/dexie-storage.ts';
import { createMemoryVault } from '../../../client/store/memory-vault.ts';
import { createRxDisks } from '../../../client/store/rx-disk.ts';
import type { PullProgress, Vault } from '../../../client/store/vault.ts';
import { must } from '../../../schema/result.ts';
import { PULLED_COLLECTIONS, type PulledCollection } from '../../../schema/roles.ts';
import type { SlotOrder } from '../bench-page.ts';
import type { DeviceTimes, LimitTimes } from '../full-sync-round.ts';
import { timeFetch } from './fetch-pages.ts';
import { settled, timeRawStore } from './raw-store.ts';

/** Ours in a slot of its own, and what of it is on the disk. */
export async function syncOurs(order: SlotOrder): Promise<DeviceTimes> {
  const deps = await enrolIn(order);
  const times = await timeDevice(deps);
  await expectOnDisk(deps.name, times.documents);
  return times;
}

/** The same device on Dexie. */
export async function syncOnDexie(order: SlotOrder): Promise<DeviceTimes> {
  return timeDevice(await onDexie(await enrolIn(order)));
}

/** The same products only fetched, and then put into a bare store. */
export async function syncLimit(order: SlotOrder): Promise<LimitTimes> {
  const { name, vault } = await enrolIn(order);
  const { credential } = must(await vault.get('enrolment'), 'the enrolment');
  const { pullBatch } = must(await vault.get('settings'), 'the settings');
  const { documents, ms } = await timeFetch(credential, pullBatch);
  const raw = await timeRawStore(`raw-${name}`, documents);
  return { fetch: ms, raw: raw.ms, rawRead: raw.readMs, documents: documents.length };
}

async function enrolIn({ slot, code }: SlotOrder): Promise<DeviceDeps> {
  const deps = await createBrowserDeps(slot);
  const enrolled = await enrolDevice(deps, { serverAddress: '', code });
  if (!enrolled.ok) throw new Error(`The device was not enrolled: ${enrolled.error}`);
  return deps;
}

/** The device with each of its collections in a Dexie database. */
async function onDexie(deps: DeviceDeps): Promise<DeviceDeps> {
  const [enrolment, keys, settings] = [
    must(await deps.vault.get('enrolment'), 'the enrolment'),
    must(await deps.vault.get('keys'), 'the keys'),
    must(await deps.vault.get('settings'), 'the settings'),
  ];
  return {
    ...deps,
    name: `${deps.name}-dexie`,
    vault: createMemoryVault({ enrolment, keys, settings }),
    openDisk: createRxDisks(createDexieStorage(), deps.timers),
  };
}

async function timeDevice(deps: DeviceDeps): Promise<DeviceTimes> {
  const { vault, complete } = watchPulls(deps.vault);
  const begun = performance.now();
  const device = await openDevice({ ...deps, vault });
  await complete('products');
  const products = performance.now() - begun;
  const documents = device.catalogue.count();
  await Promise.all(PULLED_COLLECTIONS.map(complete));
  const everything = performance.now() - begun;
  await device.close();
  return { products, everything, documents, restart: await timeRestart(deps, documents) };
}

/** From opening the device again, without a connection, until it can sell all products. */
async function timeRestart(deps: DeviceDeps, count: number): Promise<number> {
  const offline = () => Promise.reject(new TypeError('There is no connection.'));
  const begun = performance.now();
  const device = await openDevice({ ...deps, fetch: offline });
  const took = performance.now() - begun;
  const held = device.catalogue.count();
  await device.close();
  if (held !== count) throw new Error(`After a restart ${held} of ${count} products are there.`);
  return took;
}

/**
 * The device notes on its disk that a collection was pulled to the end, after the last document is there: that note is what is
 * waited for.
 */
function watchPulls(vault: Vault): { vault: Vault; complete: (collection: PulledCollection) => Promise<void> } {
  const notes = new Map(PULLED_COLLECTIONS.map((collection) => [collection, Promise.withResolvers<void>()]));
  const put: Vault['put'] = async (key, value) => {
    await vault.put(key, value);
    if (key !== 'pull') return;
    for (const collection of (value as PullProgress).complete) notes.get(collection)?.resolve();
  };
  const complete = (collection: PulledCollection) => must(notes.get(collection), collection).promise;
  return { vault: { ...vault, put }, complete };
}

type Named = readonly { readonly id: string }[];
interface Said {
  readonly documents?: Named;
  readonly docs?: Named;
  readonly alike?: readonly { readonly docs: Named }[];
}

/** Counted past RxDB and the storage, in the log as it lies on the disk. */
async function expectOnDisk(slot: string, count: number): Promise<void> {
  const database = await settled(indexedDB.open(`laci-${slot}--log`));
  const records: { collection: string; text?: string; bytes?: Uint8Array }[] = await settled(
    database.transaction('log').objectStore('log').getAll(),
  );
  database.close();
  const products = records.filter(({ collection }) => collection === 'products.0');
  const named = products.flatMap(({ bytes, text = new TextDecoder().decode(bytes) }) => {
    // A page as it came from the server, or as this device wrote it.
    const { documents = [], docs = [], alike = [] }: Said = JSON.parse(text);
    return [documents, docs, ...alike.map((group) => group.docs)].flat();
  });
  const ids = new Set(named.map(({ id }) => id));
  if (ids.size !== count) throw new Error(`${count} products are shown, but ${ids.size} are on the disk.`);
}

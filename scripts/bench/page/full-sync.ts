import { createBrowserDeps } from '../../../client/device/browser-device.ts';
import type { DeviceDeps } from '../../../client/device/device-deps.ts';
import { enrolDevice } from '../../../client/device/enrol-device.ts';
import { openDevice } from '../../../client/device/open-device.ts';
import type { PullProgress, Vault } from '../../../client/store/vault.ts';
import { must } from '../../../schema/result.ts';
import { PULLED_COLLECTIONS, type PulledCollection } from '../../../schema/roles.ts';
import type { FullSyncOrder, FullSyncPage, FullSyncRound } from '../full-sync-round.ts';
import { timeFetch } from './fetch-pages.ts';
import { settled, timeRawStore } from './raw-store.ts';

declare global {
  interface Window {
    laciBench: FullSyncPage;
  }
}

window.laciBench = { run };

async function run({ slot, code, peersFirst }: FullSyncOrder): Promise<FullSyncRound> {
  const deps = await createBrowserDeps(slot);
  const enrolled = await enrolDevice(deps, { serverAddress: '', code });
  if (!enrolled.ok) throw new Error(`The device was not enrolled: ${enrolled.error}`);
  const before = peersFirst ? await timePeers(deps, slot) : null;
  const ours = await timeDevice(deps);
  const { raw, fetch, documents } = before ?? (await timePeers(deps, slot));
  if (ours.count !== documents) throw new Error(`The device holds ${ours.count} products, the server ${documents}.`);
  return { products: ours.products, everything: ours.everything, raw, fetch, documents };
}

async function timePeers(
  { vault }: DeviceDeps,
  slot: string,
): Promise<{ raw: number; fetch: number; documents: number }> {
  const { credential } = must(await vault.get('enrolment'), 'the enrolment');
  const { pullBatch } = must(await vault.get('settings'), 'the settings');
  const fetched = await timeFetch(credential, pullBatch);
  const raw = await timeRawStore(`raw-${slot}`, fetched.documents);
  return { raw, fetch: fetched.ms, documents: fetched.documents.length };
}

async function timeDevice(deps: DeviceDeps): Promise<{ products: number; everything: number; count: number }> {
  const { vault, complete } = watchPulls(deps.vault);
  const begun = performance.now();
  const device = await openDevice({ ...deps, vault });
  await complete('products');
  const products = performance.now() - begun;
  const count = device.catalogue.count();
  await Promise.all(PULLED_COLLECTIONS.map(complete));
  const everything = performance.now() - begun;
  await device.close();
  const onDisk = await countOnDisk(deps.name);
  if (onDisk !== count) throw new Error(`${count} products are shown, but ${onDisk} are on the disk.`);
  return { products, everything, count };
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

/** Counted past RxDB, in the IndexedDB database of the products collection. */
async function countOnDisk(slot: string): Promise<number> {
  const databases = await indexedDB.databases();
  const { name } = must(
    databases.find(({ name }) => name?.includes(`laci-${slot}`) && name.includes('products')),
    'the products on disk',
  );
  const database = await settled(indexedDB.open(must(name, 'its name')));
  const counts = await Promise.all(
    [...database.objectStoreNames].map((store) => settled(database.transaction(store).objectStore(store).count())),
  );
  database.close();
  return Math.max(...counts);
}

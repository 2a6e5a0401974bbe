import { gunzipSync } from 'node:zlib';
import type { RxStorage } from 'rxdb';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { EMPTY_HEAD, sealEntry } from '../../schema/chain.ts';
import type { BodyOf, DeviceEntry, Head } from '../../schema/entry/entry.ts';
import type { CartId, PersonId } from '../../schema/ids.ts';
import { journalPushAnswerShape } from '../../schema/protocol/push.ts';
import { quantity } from '../../schema/quantity.ts';
import { type Cart, payCash, priceCart } from '../../schema/receipt.ts';
import { must } from '../../schema/result.ts';
import { createRxDisks } from '../store/rx-disk.ts';
import { createSigner, signEntry } from '../store/signer.ts';
import { createMemoryStorage } from '../store/storage.ts';
import { createHttp, type Http } from '../sync/http.ts';
import { idsPushed, watchSockets } from '../sync/watched-sockets.ts';
import type { Device } from './device.ts';
import type { DeviceDeps } from './device-deps.ts';
import { enrolDevice } from './enrol-device.ts';
import { createNodeDeps } from './node-device.ts';
import { type NodeShop, startNodeShop } from './node-shop.ts';
import { openDevice } from './open-device.ts';
import { when } from './when.ts';

/** One till with a real server; another till of the shop speaks the protocol bare, because one realm holds one device. */
const disk = createSharedStorage();
let shop: NodeShop;
let deps: DeviceDeps;
let device: Device;
let other: Awaited<ReturnType<typeof enrolOther>>;
/** What stands between the till and its server; null lets everything pass. */
let portal: (() => Response) | null = null;
const sockets = watchSockets(createNodeDeps('x', '').openSocket, { mayOpen: () => portal === null });
function stepIn(page: () => Response): void {
  portal = page;
  sockets.cut();
}

beforeAll(async () => {
  shop = await startNodeShop(12);
  deps = createNodeDeps('K1', shop.origin, {
    openDisk: createRxDisks(disk.storage, { after: (ms, act) => clearLater(setTimeout(act, ms)) }),
    fetch: async (url, init) => portal?.() ?? fetch(url, init),
    openSocket: sockets.openSocket,
  });
  await enrolDevice(deps, { serverAddress: '', code: shop.code('K1') });
  other = await enrolOther();
  device = await openDevice(deps);
  await when(
    device.sync.status,
    ({ ready, fullSync, connection }) => ready && fullSync === null && connection === 'online',
  );
  await device.company.choosePerson(must(device.company.people.get()[0], 'a person').person);
});
afterAll(async () => {
  await device.close();
  await shop.close();
});
afterEach(() => {
  portal = null;
});

async function enrolOther() {
  const slot = createNodeDeps('K2', shop.origin);
  await enrolDevice(slot, { serverAddress: '', code: shop.code('K2') });
  const { device: identity, credential } = must(await slot.vault.get('enrolment'), 'an enrolment');
  const http: Http = createHttp(slot, () => ({ origin: shop.origin, credential, timeoutMs: 10_000 }));
  const signer = createSigner(slot.subtle, must(await slot.vault.get('keys'), 'keys').privateKey);
  let head: Head = EMPTY_HEAD;
  const adjust = async (units: number) => {
    const body = { reason: 'x', lines: [{ productId: tea().id, delta: quantity(units) }] } as BodyOf<'adjust'>;
    const { deviceId, branch } = identity;
    const entry: DeviceEntry = sealEntry(
      { deviceId, branch, person: 'x' as PersonId, at: 1, kind: 'adjust', body },
      head,
    );
    head = entry;
    const { id, hash } = entry;
    const pushed = { entries: [entry], signatures: [{ id, hash, signature: await signEntry(signer, entry) }] };
    const answer = await http.request('POST', '/sync/v1/journal/push', pushed, journalPushAnswerShape);
    expect(answer).toMatchObject({ ok: true });
  };
  return { identity, adjust };
}

const tea = () => must(device.catalogue.byBarcode('1001'), 'a product');
const onHand = () => device.stock.onHand(tea().id);
const waiting = () => device.sync.status.get().waitingEntries;

let carts = 0;
async function sellOne(): Promise<DeviceEntry> {
  const { id: productId, rev, name, price: unitPrice, unitScale, taxId } = tea();
  carts += 1;
  const line = { productId, rev, name, unitPrice, unitScale, taxId, quantity: quantity(1) };
  const cart: Cart = { cartId: `cart-${String(carts).padStart(8, '0')}` as CartId, lines: [line] };
  const { due } = priceCart(cart, must(device.company.rules.get(), 'rules')).totals;
  const sold = await device.till.sell(cart, [payCash(due, due)]);
  if (!sold.ok) throw new Error(sold.error.code);
  return sold.value;
}

test('[I1] [TILL4] a sale goes to the server by itself, and is safe there', async () => {
  const before = onHand();
  const sale = await sellOne();
  await when(device.sync.status, ({ waitingEntries }) => waitingEntries === 0);
  expect(device.till.safety(sale.id)).toBe('server');
  expect(onHand()).toBe(before - 1);
  await expect
    .poll(
      () =>
        device.stock.explain(tea().id).parts.find(({ deviceId }) => deviceId === device.identity.deviceId)?.uncovered,
    )
    .toBe(0);
  expect(onHand()).toBe(before - 1);
});

test('[LIVE5] [I4] what another till does arrives live, in a burst too, beside own sales', async () => {
  const before = onHand();
  for (let burst = 0; burst < 10; burst += 1) {
    await Promise.all([other.adjust(2), sellOne()]);
  }
  await expect.poll(onHand, { timeout: 10_000 }).toBe(before + 10);
  await when(device.sync.status, ({ waitingEntries }) => waitingEntries === 0);
  expect(onHand()).toBe(before + 10);
  const explained = device.stock.explain(tea().id);
  expect(explained.parts.reduce((sum, part) => sum + part.in - part.out, explained.base)).toBe(before + 10);
});

test('[I11] [I1] the server goes away in the middle; sales go on, and all arrive once it is back', async () => {
  const before = onHand();
  await shop.kill();
  const sales = [await sellOne(), await sellOne(), await sellOne()];
  expect([waiting(), onHand()]).toEqual([3, before - 3]);
  await when(device.sync.status, ({ connection }) => connection !== 'online');
  await shop.restart();
  device.sync.syncNow();
  await when(device.sync.status, ({ waitingEntries, connection }) => waitingEntries === 0 && connection === 'online');
  expect(sales.map(({ id }) => device.till.safety(id))).toEqual(['server', 'server', 'server']);
  await other.adjust(5);
  await expect.poll(onHand, { timeout: 10_000 }).toBe(before + 2);
});

test('[SYNC4] [F4] behind a captive portal nothing is acknowledged, and it is shown as trouble', async () => {
  stepIn(() => new Response('<html>Welcome to the hotel</html>', { status: 200 }));
  const sale = await sellOne();
  await when(device.sync.status, ({ lastError }) => lastError?.text.includes('not the server') ?? false);
  expect([waiting(), device.till.safety(sale.id)]).toEqual([1, 'device']);
  portal = null;
  device.sync.syncNow();
  await when(device.sync.status, ({ waitingEntries }) => waitingEntries === 0);
  expect(device.till.safety(sale.id)).toBe('server');
});

test('[F6] responses that are lost after the commit count once', async () => {
  const before = onHand();
  let lost = 0;
  const isLost = () => {
    lost += 1;
    return lost <= 2;
  };
  const losing: DeviceDeps = {
    ...deps,
    fetch: async (url, init) => {
      const response = await deps.fetch(url, init);
      if (url.includes('/journal/push') && isLost()) throw new Error('cut');
      return response;
    },
    ...watchSockets(deps.openSocket, { heard: ({ type }) => type !== 'pushed' || !isLost() }),
  };
  await device.close();
  device = await openDevice(losing);
  await sellOne();
  device.sync.syncNow();
  await when(device.sync.status, ({ waitingEntries }) => waitingEntries === 0);
  await device.close();
  device = await openDevice(deps);
  await when(device.sync.status, ({ connection }) => connection === 'online');
  const inspection = await device.sync.inspect();
  expect(inspection.serverHead).toEqual(inspection.ownHead);
  expect([lost, onHand()]).toEqual([3, before - 1]);
});

test('[SYNC3] a full sync brings all again, counts it, and leaves nothing behind', async () => {
  const seen: number[] = [];
  const stop = device.sync.status.subscribe(() => {
    const { fullSync } = device.sync.status.get();
    if (fullSync?.collection === 'products') seen.push(fullSync.done);
  });
  const before = onHand();
  await device.sync.fullSyncNow();
  await when(device.sync.status, ({ fullSync }) => fullSync !== null);
  await when(device.sync.status, ({ fullSync }) => fullSync === null);
  stop();
  expect(seen.at(-1)).toBe(12);
  expect([onHand(), device.catalogue.count()]).toEqual([before, 12]);
  const { collections, serverSequence } = await device.sync.inspect();
  expect(collections.map(({ lag }) => lag)).toEqual([0, 0, 0, 0, 0]);
  expect(collections.find(({ collection }) => collection === 'products')).toMatchObject({
    documents: 12,
    serverTotal: 12,
  });
  expect(Object.keys(serverSequence ?? {}).sort()).toEqual(['*', device.identity.branch].sort());
});

test('[SYNC1] without the live socket the pull brings what others did', async () => {
  expect(await device.sync.saveSettings({ ...device.sync.settings.get(), live: false })).toEqual({
    ok: true,
    value: null,
  });
  await when(device.sync.status, ({ connection }) => connection === 'online');
  const before = onHand();
  await other.adjust(7);
  await sellOne();
  device.sync.syncNow();
  await expect.poll(onHand, { timeout: 10_000 }).toBe(before + 6);
  await when(device.sync.status, ({ waitingEntries }) => waitingEntries === 0);
  await device.sync.saveSettings({ ...device.sync.settings.get(), live: true });
  await when(device.sync.status, ({ connection }) => connection === 'online');
});

test('[SET2] settings are kept within bounds; the server’s address changes only with an empty outbox', async () => {
  const settings = device.sync.settings.get();
  for (const wrong of [
    { pullBatch: 0 },
    { pullBatch: 1.5 },
    { pushBatch: 201 },
    { requestTimeoutMs: 1 },
    { serverAddress: 'ftp://x' },
  ]) {
    expect(await device.sync.saveSettings({ ...settings, ...wrong })).toEqual({ ok: false, error: 'bad-value' });
  }
  stepIn(() => new Response('', { status: 502 }));
  await sellOne();
  const moved = { ...settings, serverAddress: shop.origin };
  expect(await device.sync.saveSettings(moved)).toEqual({ ok: false, error: 'outbox-not-empty' });
  portal = null;
  device.sync.syncNow();
  await when(device.sync.status, ({ waitingEntries }) => waitingEntries === 0);
  expect(await device.sync.saveSettings({ ...moved, pullBatch: 3 })).toEqual({ ok: true, value: null });
  await when(device.sync.status, ({ connection }) => connection === 'online');
  expect(device.sync.settings.get()).toMatchObject({ serverAddress: shop.origin, pullBatch: 3 });
});

test('[OFFICE2] [LIVE8] presence names the tills with a socket; a sale of this till is in the list of sales', async () => {
  await expect.poll(() => device.office.live.get(), { timeout: 10_000 }).toContain(device.identity.deviceId);
  const sale = await sellOne();
  const [newest] = await device.office.sales(5);
  expect(newest).toMatchObject({ id: sale.id, till: 'K1', kind: 'sale' });
});

test('[F29] a tab that was frozen while another took over sells once more, behind the other’s entries, then only reads', async () => {
  const before = must((await device.till.recent(1))[0], 'an entry');
  const { deviceId, branch } = device.identity;
  const body = { reason: 'the other tab', lines: [{ productId: tea().id, delta: quantity(4) }] } as BodyOf<'adjust'>;
  const theirs = sealEntry({ deviceId, branch, person: 'x' as PersonId, at: 1, kind: 'adjust', body }, before);
  // The other tab holds the lock and has written; this one has not heard of it yet.
  const frozen = createFrozenLock();
  await device.close();
  device = await openDevice({ ...deps, lock: frozen.lock });
  await disk.writeEntry(theirs);
  frozen.give();
  const sale = await sellOne();
  expect([sale.seq, sale.prev]).toEqual([theirs.seq + 1, theirs.hash]);
  await when(device.active, (active) => !active);
  await expect(sellOne()).rejects.toThrow('not-active');
  await device.close();
  device = await openDevice(deps);
  await when(device.sync.status, ({ waitingEntries, connection }) => waitingEntries === 0 && connection === 'online');
  const { serverHead, ownHead } = await device.sync.inspect();
  expect([serverHead, ownHead.seq]).toEqual([ownHead, sale.seq]);
});

test('[SYNC1] [F10] with the journal’s disk gone, what is sold then counts as sent only when it was', async () => {
  await device.close();
  const posted: string[] = [];
  const fetchAndNote: DeviceDeps['fetch'] = async (url, init) => {
    if (url.endsWith('/journal/push')) posted.push(...readPush(init).map(({ id }) => id));
    return fetch(url, init);
  };
  const noted = watchSockets(deps.openSocket, {
    said: (message) => {
      posted.push(...(idsPushed(message) ?? []));
      return true;
    },
  });
  // Another name is another disk; who the device is stands in the vault.
  device = await openDevice({ ...deps, name: 'K1-emptied', fetch: fetchAndNote, openSocket: noted.openSocket });
  await expect.poll(() => device.catalogue.byBarcode('1001'), { timeout: 10_000 }).toBeDefined();
  await expect.poll(() => device.company.rules.get(), { timeout: 10_000 }).toBeDefined();
  const sale = await sellOne();
  await expect.poll(() => device.till.safety(sale.id), { timeout: 10_000 }).toBe('server');
  expect(posted).toContain(sale.id);
});

/** A lock that tells its holder nothing when another tab takes it. */
function createFrozenLock() {
  let taken = false;
  const held = { lost: new Promise<void>(() => undefined), release: async () => undefined };
  const lock: DeviceDeps['lock'] = { acquire: async () => (taken ? null : held) };
  return {
    lock,
    give: () => {
      taken = true;
    },
  };
}

/** The entries of a push, compressed or not. */
function readPush({ body }: RequestInit): DeviceEntry[] {
  const text = typeof body === 'string' ? body : gunzipSync(body as Uint8Array).toString();
  return JSON.parse(text).entries;
}

type StorageInstance = Awaited<ReturnType<RxStorage<unknown, unknown>['createStorageInstance']>>;

function clearLater(timer: NodeJS.Timeout): () => void {
  return () => clearTimeout(timer);
}

/** Memory that can also be written below RxDB, as another tab's database writes to the same disk. */
function createSharedStorage() {
  const real = createMemoryStorage();
  let journal: StorageInstance | null = null;
  const storage: RxStorage<unknown, unknown> = {
    name: real.name,
    rxdbVersion: real.rxdbVersion,
    createStorageInstance: async (params) => {
      const instance = await real.createStorageInstance(params);
      if (params.collectionName === 'journal') journal = instance as unknown as StorageInstance;
      return instance;
    },
  };
  const writeEntry = async (entry: DeviceEntry) => {
    const document = { ...entry, _deleted: false, _attachments: {}, _meta: { lwt: 1 }, _rev: '1-other' };
    const { error } = await must(journal, 'the journal').bulkWrite([{ document }] as never, 'another tab');
    expect(error).toEqual([]);
  };
  return { storage, writeEntry };
}

import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { EMPTY_HEAD, findChainFault, sealEntry } from '../../schema/chain.ts';
import type { BodyOf, DeviceEntry, Head } from '../../schema/entry/entry.ts';
import { type CartId, type EntryId, entryId, type PersonId } from '../../schema/ids.ts';
import { journalPushAnswerShape } from '../../schema/protocol/push.ts';
import { quantity } from '../../schema/quantity.ts';
import { type Cart, payCash, priceCart } from '../../schema/receipt.ts';
import { must } from '../../schema/result.ts';
import { createDiskGate, failingStorage, failingVault } from '../store/failing-storage.ts';
import { createMemoryVault } from '../store/memory-vault.ts';
import { createRxDisks } from '../store/rx-disk.ts';
import { createSigner, signEntry } from '../store/signer.ts';
import { createMemoryStorage } from '../store/storage.ts';
import { createHttp } from '../sync/http.ts';
import type { Device } from './device.ts';
import type { DeviceDeps } from './device-deps.ts';
import { enrolDevice } from './enrol-device.ts';
import { createNodeDeps } from './node-device.ts';
import { type NodeShop, startNodeShop } from './node-shop.ts';
import { openDevice } from './open-device.ts';

/** One till on a disk that fails as told, with a real server; another till of the shop speaks the protocol bare. */
const gate = createDiskGate();
const RUNS_MS_MAX = 240_000;
/** More writes than one round makes: a round that never ends clean is a failure too. */
const WRITES_MAX = 200;
/** Patience with what is tried again, in milliseconds. */
const SETTLE_MS_MAX = 20_000;
/** How often a person presses the button before giving up: the disk failed once. */
const TRIES_MAX = 3;

let shop: NodeShop;
let deps: DeviceDeps;
let device: Device;
let other: { readonly adjust: () => Promise<void>; readonly ids: EntryId[] };
const sold: EntryId[] = [];

beforeAll(async () => {
  shop = await startNodeShop(12);
  const { timers } = createNodeDeps('x', '');
  deps = createNodeDeps('K1', shop.origin, {
    openDisk: createRxDisks(failingStorage(createMemoryStorage(), gate), timers),
    vault: failingVault(createMemoryVault(), gate),
    // No pause before the next try: what is tested is whether it comes.
    random: { number: () => 0, bytes: (count) => crypto.getRandomValues(new Uint8Array(count)) },
  });
  await enrolDevice(deps, { serverAddress: '', code: shop.code('K1') });
  other = await enrolOther();
  device = await openDevice(deps);
  await settled();
  await device.company.choosePerson(must(device.company.people.get()[0], 'a person').person);
});
afterAll(async () => {
  await device.close();
  await shop.close();
});

async function enrolOther() {
  const slot = createNodeDeps('K2', shop.origin);
  await enrolDevice(slot, { serverAddress: '', code: shop.code('K2') });
  const { device: identity, credential } = must(await slot.vault.get('enrolment'), 'an enrolment');
  const http = createHttp(slot, () => ({ origin: shop.origin, credential, timeoutMs: 10_000 }));
  const signer = createSigner(slot.subtle, must(await slot.vault.get('keys'), 'keys').privateKey);
  let head: Head = EMPTY_HEAD;
  const ids: EntryId[] = [];
  const adjust = async () => {
    const body = { reason: 'x', lines: [{ productId: tea().id, delta: quantity(1) }] } as BodyOf<'adjust'>;
    const { deviceId, branch } = identity;
    const draft = { deviceId, branch, person: 'x' as PersonId, at: 1, kind: 'adjust' as const, body };
    const entry: DeviceEntry = sealEntry(draft, head);
    head = entry;
    ids.push(entry.id);
    const { id, hash } = entry;
    const pushed = { entries: [entry], signatures: [{ id, hash, signature: await signEntry(signer, entry) }] };
    const answer = await http.request('POST', '/sync/v1/journal/push', pushed, journalPushAnswerShape);
    expect(answer).toMatchObject({ ok: true });
  };
  return { adjust, ids };
}

const tea = () => must(device.catalogue.byBarcode('1001'), 'a product');

function settled(): Promise<void> {
  return vi.waitFor(
    async () => {
      const { waitingEntries } = device.sync.status.get();
      const { collections } = await device.sync.inspect();
      const open = collections
        .map(({ collection, lag }) => `${collection} ${lag}`)
        .filter((one) => !one.endsWith(' 0'));
      expect([waitingEntries, open]).toEqual([0, []]);
    },
    { timeout: SETTLE_MS_MAX, interval: 20 },
  );
}

let carts = 0;
/** Sells one cart; where the disk did not take it, the same cart again, as a person would. */
async function sell(): Promise<void> {
  const { id: productId, rev, name, price: unitPrice, unitScale, taxId } = tea();
  carts += 1;
  const line = { productId, rev, name, unitPrice, unitScale, taxId, quantity: quantity(1) };
  const cart: Cart = { cartId: `cart-${String(carts).padStart(8, '0')}` as CartId, lines: [line] };
  const { due } = priceCart(cart, must(device.company.rules.get(), 'rules')).totals;
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    const answer = await device.till.sell(cart, [payCash(due, due)]);
    if (answer.ok) return void sold.push(answer.value.id);
    expect(answer.error.code).toBe('not-written');
  }
  throw new Error('The sale never went to disk.');
}

/** Closed and opened again; where that failed, once more, as a reload does. */
async function reopen(): Promise<void> {
  await device.close();
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    const opened = await openDevice(deps).catch(() => null);
    if (opened === null) continue;
    device = opened;
    return;
  }
  throw new Error('The device never opened.');
}

/** What the server holds of a device, read past the server. */
function serverIds(): Set<string> {
  const database = new Database(join(shop.dataDir, 'shop', 'laci.db'), { readonly: true });
  const ids = database.prepare<[], string>('SELECT id FROM entry').pluck().all();
  database.close();
  return new Set(ids);
}

/** What must hold at any time: nothing half written, nothing called safe that is not. */
async function expectWhole(): Promise<void> {
  const own = [...(await device.till.recent(WRITES_MAX * 10))].toReversed();
  expect(findChainFault(own)).toBeNull();
  expect(own.map(({ id }) => id)).toEqual(sold);
  expect(own.flatMap((entry) => (entry.kind === 'sale' ? [entry.body.receiptNo] : []))).toEqual(
    own.map((_, index) => index + 1),
  );
  const there = serverIds();
  const unsafe = own.filter(({ id }) => device.till.safety(id) === 'server' && !there.has(id));
  expect(unsafe).toEqual([]);
}

/** And once all is calm: both sides hold all there is. */
async function expectEqual(): Promise<void> {
  const there = serverIds();
  expect(sold.filter((id) => !there.has(id))).toEqual([]);
  for (const id of other.ids) expect(await device.office.entry(id)).toBeDefined();
  expect(device.stock.onHand(tea().id)).toBe(other.ids.length - sold.length);
}

test('[I3] [F2] [F26] [SYNC6] [TILL2] whichever write of the device fails: no sale is half there, none is dropped, and both sides become equal', {
  timeout: RUNS_MS_MAX,
}, async () => {
  const start = device.stock.onHand(tea().id);
  expect(start).toBe(0);
  const failed = new Set<string>();
  for (let n = 1; n < WRITES_MAX; n += 1) {
    gate.arm(n);
    await other.adjust();
    await sell();
    await expectWhole();
    await settled();
    await reopen();
    await other.adjust();
    await sell();
    await expectWhole();
    await settled();
    await expectEqual();
    const what = gate.failed();
    if (what === null) break;
    failed.add(what);
  }
  expect([...failed].sort()).toEqual(
    expect.arrayContaining(['branchJournal', 'journal', 'stock', 'vault acknowledged']),
  );
  expect(sold).toEqual(sold.map((_, index) => entryId(device.identity.deviceId, index + 1)));
});

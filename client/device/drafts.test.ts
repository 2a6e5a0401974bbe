import * as automerge from '@automerge/automerge';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { EMPTY_HEAD } from '../../schema/chain.ts';
import { type DraftChange, type DraftDoc, draftDocShape } from '../../schema/draft.ts';
import { type CartId, type EntryId, type Hash, splitEntryId } from '../../schema/ids.ts';
import { pullAnswerShape } from '../../schema/protocol/pull.ts';
import { draftsPushAnswerShape } from '../../schema/protocol/push.ts';
import { quantity } from '../../schema/quantity.ts';
import { type Cart, type CartLine, payCash, priceCart } from '../../schema/receipt.ts';
import { must } from '../../schema/result.ts';
import { cartOps, readCart } from '../drafts/cart-draft.ts';
import { createDraftEngine } from '../drafts/draft-engine.ts';
import { createRxDisks } from '../store/rx-disk.ts';
import { createMemoryStorage } from '../store/storage.ts';
import { createHttp } from '../sync/http.ts';
import type { Device } from './device.ts';
import type { DeviceDeps } from './device-deps.ts';
import { enrolDevice } from './enrol-device.ts';
import { leftOver } from './held-cart.ts';
import { createNodeDeps } from './node-device.ts';
import { inStep } from './node-sale.ts';
import { type NodeShop, startNodeShop } from './node-shop.ts';
import { openDevice } from './open-device.ts';

/** One whole till at a real server; the other till speaks the protocol bare, because one realm holds one device. */
let shop: NodeShop;
let deps: DeviceDeps;
let device: Device;
let other: Awaited<ReturnType<typeof enrolBare>>;
/** What stands between the till and its server; null lets everything pass. */
let portal: ((url: string) => Response | null) | null = null;

beforeAll(async () => {
  shop = await startNodeShop(12);
  const disks = createRxDisks(createMemoryStorage(), { after: (ms, act) => clearLater(setTimeout(act, ms)) });
  let kept: Awaited<ReturnType<typeof disks>> | null = null;
  deps = createNodeDeps('K1', shop.origin, {
    openDisk: async (slot) => {
      // The same disk over a reload: only the device closes.
      kept ??= await disks(slot);
      return { ...kept, close: async () => undefined };
    },
    fetch: async (url, init) => portal?.(url) ?? fetch(url, init),
  });
  await enrolDevice(deps, { serverAddress: '', code: shop.code('K1') });
  other = await enrolBare('K2', shop.code('K2'));
  device = await openDevice(deps);
  await inStep(device);
  await device.company.choosePerson(must(device.company.people.get()[0], 'a person').person);
});
afterAll(async () => {
  await device.close();
  await shop.close();
});
afterEach(() => {
  portal = null;
});

function clearLater(timer: NodeJS.Timeout): () => void {
  return () => clearTimeout(timer);
}

const PATIENCE = { timeout: 20_000, interval: 50 };
const until = <Value>(read: () => Value) => expect.poll(read, PATIENCE);

/** Another till: an engine and the wire. */
async function enrolBare(name: string, code: string) {
  const slot = createNodeDeps(name, shop.origin);
  await enrolDevice(slot, { serverAddress: '', code });
  const { device: identity, credential } = must(await slot.vault.get('enrolment'), 'an enrolment');
  const http = createHttp(slot, () => ({ origin: shop.origin, credential, timeoutMs: 10_000 }));
  const engine = createDraftEngine(automerge as never, { device: identity.deviceId, session: '0a0b0c0d' });
  let count = 0;
  const served = async (id: CartId): Promise<DraftDoc> => {
    const answer = await http.request('GET', '/sync/v1/drafts/pull?limit=500', undefined, pullAnswerShape);
    if (!answer.ok) throw new Error(answer.error.text);
    return draftDocShape.parse(
      must(
        answer.value.documents.find((doc) => doc.id === id),
        'a draft',
      ),
    );
  };
  const read = async (id: CartId) => {
    const draft = await served(id);
    return engine.read({ id, served: draft.changes, former: [], own: [] });
  };
  const push = async (id: CartId, change: object) => {
    count += 1;
    const row = { changeId: `${name}-change-${count}`, draftId: id, kind: 'cart', ...change };
    const answer = await http.request('POST', '/sync/v1/drafts/push', { changes: [row] }, draftsPushAnswerShape);
    expect(answer).toMatchObject({ ok: true, value: { verdicts: [{ verdict: 'accepted' }] } });
  };
  return {
    identity,
    served,
    read,
    /** Makes of a cart what `wish` says, as it is at the server now. */
    change: async (id: CartId, wish: (cart: Cart) => Cart) => {
      const shown = readCart(id, (await read(id)).content);
      const { ops } = cartOps(shown, wish(shown.cart), () => `${name}-line-${count}-${Math.random()}`);
      await push(id, must(engine.change(id, ops, name), 'a change'));
    },
    pushBytes: (id: CartId, bytes: string, heads: readonly Hash[]) => push(id, { baseHeads: [], heads, bytes }),
  };
}

let carts = 0;
const line = (barcode: string, units = 1): CartLine => {
  const { id: productId, rev, name, price, unitScale, taxId } = must(device.catalogue.byBarcode(barcode), 'a product');
  return { productId, rev, name, unitPrice: price, unitScale, taxId, quantity: quantity(units) };
};
const cartOf = (...lines: CartLine[]): Cart => {
  carts += 1;
  return { cartId: `cart-${String(carts).padStart(8, '0')}` as CartId, lines };
};
const held = (id: CartId) => device.drafts.list.get().find((one) => one.id === id);
const told = (cart: Cart | undefined) => cart?.lines.map(({ name, quantity: units }) => `${units} ${name}`);
const waits = () => device.sync.status.get().waitingDrafts;
const pay = async (cart: Cart) => {
  const { due } = priceCart(cart, must(device.company.rules.get(), 'rules')).totals;
  return device.till.sell(cart, [payCash(due, due)]);
};

test('[DRF17] a cart that is held is on this till at once, and on the others when they are reached', async () => {
  const cart = cartOf(line('1001', 2), line('1002'));
  expect(await device.drafts.hold(cart, ' Ibu Sari ')).toEqual({ ok: true, value: null });
  expect(held(cart.cartId)).toMatchObject({ name: 'Ibu Sari', place: { state: 'parked', till: 'K1' } });
  expect(told(held(cart.cartId)?.cart)).toEqual(['2 Barang 1', '1 Barang 2']);
  await until(waits).toBe(0);
  const { content } = await other.read(cart.cartId);
  expect(told(readCart(cart.cartId, content).cart)).toEqual(['2 Barang 1', '1 Barang 2']);
});

test('[DRF12] what another till adds to the cart that is open here comes into it, and nothing done here is undone', async () => {
  const cart = cartOf(line('1001'));
  await device.drafts.hold(cart, '');
  await until(waits).toBe(0);
  const taken = await device.drafts.takeOver(cart.cartId);
  if (!taken.ok) throw new Error(taken.error);
  device.drafts.follow(taken.value);
  portal = () => Response.error();
  const here = { ...taken.value, lines: [...taken.value.lines, line('1003')] };
  device.drafts.follow(here);
  await other.change(cart.cartId, (at) => ({ ...at, lines: [line('1001', 3), line('1004')] }));
  portal = null;
  device.sync.syncNow();
  await until(() => told(device.drafts.merged.get()?.cart)?.toSorted()).toEqual([
    '1 Barang 3',
    '1 Barang 4',
    '3 Barang 1',
  ]);
  expect(device.drafts.merged.get()).toMatchObject({ added: 1, by: ['K2'] });
});

test('[DRF24] what goes from a paid cart into the next names no approval of the former', () => {
  const approval = `${'0'.repeat(16)}:0000000001` as EntryId;
  const cart = cartOf({ ...line('1001', 3), approval }, { ...line('1002'), approval });
  expect(leftOver(cart, [line('1001', 1)])).toEqual([line('1001', 2), line('1002')]);
});

test('[DRF20] after many changes the draft is written whole, and says the same', async () => {
  const cart = cartOf(line('1001'));
  await device.drafts.hold(cart, 'long');
  device.drafts.follow(cart);
  for (let units = 2; units <= 30; units += 1) {
    device.drafts.follow({ ...cart, lines: [line('1001', units)] });
    await until(waits).toBe(0);
  }
  await until(async () => (await other.served(cart.cartId)).changes.length < 20).toBe(true);
  expect(told(readCart(cart.cartId, (await other.read(cart.cartId)).content).cart)).toEqual(['30 Barang 1']);
});

test('[DRF15] [F22] bytes that nobody can read are a finding here, and the cart stays as it was', async () => {
  const cart = cartOf(line('1006'));
  await device.drafts.hold(cart, 'attacked');
  await until(waits).toBe(0);
  await other.pushBytes(cart.cartId, 'aGVsbG8gd29ybGQh', ['f'.repeat(64) as Hash]);
  await until(() =>
    device.disk.findings.get().some(({ kind, about }) => kind === 'draft' && about === cart.cartId),
  ).toBe(true);
  expect(told(held(cart.cartId)?.cart)).toEqual(['1 Barang 6']);
});

test('[DRF9] a cart that is thrown away is gone, and comes back whole', async () => {
  const cart = cartOf(line('1007', 2));
  await device.drafts.hold(cart, 'away');
  const before = must(held(cart.cartId), 'a held cart');
  expect(await device.drafts.discard(cart.cartId)).toMatchObject({ ok: true });
  expect(held(cart.cartId)).toBeUndefined();
  await until(waits).toBe(0);
  expect((await other.served(cart.cartId)).ending?.how).toBe('discarded');
  expect(await device.drafts.restore(before)).toMatchObject({ ok: true });
  expect(told(held(cart.cartId)?.cart)).toEqual(['2 Barang 7']);
});

test('[DRF18] a server that lost its drafts is given them back, also what the other till had made', async () => {
  await inStep(device);
  await shop.copyDatabase();
  await until(() => device.sync.status.get().connection).toBe('online');
  const cart = cartOf(line('1008'));
  await device.drafts.hold(cart, 'lost');
  await until(waits).toBe(0);
  await other.change(cart.cartId, (at) => ({ ...at, lines: [...at.lines, line('1009', 4)] }));
  await until(() => told(held(cart.cartId)?.cart)).toEqual(['1 Barang 8', '4 Barang 9']);
  await shop.putDatabaseBack();
  device.sync.syncNow();
  await until(async () => {
    const view = await other.read(cart.cartId).catch(() => null);
    return told(view ? readCart(cart.cartId, view.content).cart : undefined);
  }).toEqual(['1 Barang 8', '4 Barang 9']);
  await until(waits).toBe(0);
});

test('[DRF7] [DRF19] a cart that was paid here is closed, and is in no list any more', async () => {
  const cart = cartOf(line('1010'));
  await device.drafts.hold(cart, 'paid');
  expect(await pay(cart)).toMatchObject({ ok: true });
  expect(held(cart.cartId)).toBeUndefined();
  await inStep(device);
  expect((await other.served(cart.cartId)).ending).toMatchObject({ how: 'paid' });
  expect(device.till.check(cart)).toEqual({ code: 'cart-sold' });
  expect(splitEntryId(must((await other.served(cart.cartId)).ending?.entry, 'the sale')).seq).toBeGreaterThan(
    EMPTY_HEAD.seq,
  );
});

test('[DRF17] a change waits over a reload, and goes when the server is there; an answer without verdicts moves nothing', async () => {
  const cart = cartOf(line('1005'));
  portal = (url) => (url.includes('/drafts/push') ? Response.json({ epoch: null, verdicts: [] }) : null);
  await device.drafts.hold(cart, 'waits');
  expect(waits()).toBeGreaterThan(0);
  await device.close();
  device = await openDevice(deps);
  await until(() => held(cart.cartId)?.name).toBe('waits');
  expect(waits()).toBeGreaterThan(0);
  portal = null;
  device.sync.syncNow();
  await until(waits).toBe(0);
  expect((await other.read(cart.cartId)).content.rows).toHaveLength(1);
});

test('[DRF17] a held cart that was not sent is in the rescue file, and any device of the branch hands it in', async () => {
  const cart = cartOf(line('1011', 5));
  portal = () => Response.error();
  await device.drafts.hold(cart, 'rescued');
  const text = await device.disk.exportRescue('waiting');
  const { drafts } = JSON.parse(text) as { drafts: DraftChange[] };
  const rescued = must(
    drafts.find(({ draftId }) => draftId === cart.cartId),
    'the rescued cart',
  );
  await other.pushBytes(cart.cartId, rescued.bytes, rescued.heads);
  expect(told(readCart(cart.cartId, (await other.read(cart.cartId)).content).cart)).toEqual(['5 Barang 11']);
});

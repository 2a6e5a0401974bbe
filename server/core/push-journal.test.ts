import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { entryHash } from '../../schema/chain.ts';
import type { DeviceEntry } from '../../schema/entry/entry.ts';
import { branchScope, type EntryId, entryId, type ProductId } from '../../schema/ids.ts';
import { type Stock, stockId } from '../../schema/stock/counter.ts';
import { createTestJournal, type TestJournal } from '../testing/test-device.ts';
import { pushRows } from '../testing/test-push.ts';
import { OTHER_BRANCH, openTestShop, type TestEnrolment, type TestShop } from '../testing/test-shop.ts';

let shop: TestShop;
let till: TestEnrolment;
let journal: TestJournal;
let coffee: ProductId;

beforeEach(async () => {
  shop = await openTestShop();
  till = await shop.enrol();
  journal = createTestJournal(till);
  coffee = await shop.addProduct('coffee');
});
afterEach(() => shop.close());

const push = (...rows: unknown[]) => pushRows(shop.core, till, rows);
const verdictsOf = async (...rows: unknown[]) => (await push(...rows)).verdicts.map(({ verdict }) => verdict);
const stored = (id: EntryId) => shop.core.store.read((tx) => tx.entry(id));
const counter = async () => {
  const id = stockId(till.device.branch, coffee);
  const document = await shop.core.store.read((tx) => tx.document('stock', id));
  return document && (JSON.parse(document.json) as Stock).counters[till.device.deviceId];
};
/** The same entry with something changed and the hash made right again. */
const rewritten = (entry: DeviceEntry, change: object): DeviceEntry => {
  const open = { ...entry, ...change };
  return { ...open, hash: entryHash(open) } as DeviceEntry;
};

describe('what is readable', () => {
  test('[PUSH1] entries are accepted, folded in the same push, and the head answered', async () => {
    const entries = [journal.receive(coffee, 10), journal.sell(coffee, 3)];
    const { verdicts, head, epoch } = await push(...entries);
    expect(verdicts).toEqual(entries.map(({ id, hash }) => ({ id, hash, verdict: 'accepted' })));
    expect([head, epoch]).toEqual([journal.head, shop.core.epoch]);
    expect(await counter()).toEqual({ in: 10, out: 3, seq: 2 });
  });

  test('[I1] pushed again after a lost answer, entries are duplicates and count once', async () => {
    const entries = [journal.receive(coffee, 10), journal.sell(coffee, 3)];
    const first = await push(...entries);
    const again = await push(...entries);
    expect(again.verdicts.map(({ verdict }) => verdict)).toEqual(['duplicate', 'duplicate']);
    expect(again.head).toEqual(first.head);
    expect(await counter()).toEqual({ in: 10, out: 3, seq: 2 });
  });

  test('[PUSH2] twice in one batch is once', async () => {
    const entry = journal.receive(coffee, 10);
    expect(await verdictsOf(entry, entry)).toEqual(['accepted', 'duplicate']);
    expect(await counter()).toEqual({ in: 10, out: 0, seq: 1 });
  });

  test('[STK1] what comes out of order is stored at once and folded in order when the gap closes', async () => {
    const [one, two, three] = [journal.receive(coffee, 10), journal.sell(coffee, 1), journal.sell(coffee, 2)];
    expect(await push(three)).toMatchObject({ head: { seq: 0 }, verdicts: [{ verdict: 'accepted' }] });
    expect(await counter()).toBeUndefined();
    expect(await push(one)).toMatchObject({ head: { seq: 1 } });
    expect(await counter()).toEqual({ in: 10, out: 0, seq: 1 });
    expect(await push(two)).toMatchObject({ head: journal.head });
    expect(await counter()).toEqual({ in: 10, out: 3, seq: 3 });
  });

  test('[STK10] a batch in reverse order folds as one in order', async () => {
    const entries = [journal.receive(coffee, 10), journal.sell(coffee, 1), journal.sell(coffee, 2)];
    const { head, verdicts } = await push(...entries.toReversed());
    expect(head).toEqual(journal.head);
    expect(verdicts.map(({ id }) => id)).toEqual(entries.toReversed().map(({ id }) => id));
    expect(await counter()).toEqual({ in: 10, out: 3, seq: 3 });
  });

  test('[ENT12] what looks wrong is flagged, and counts', async () => {
    const future = Date.now() + 24 * 60 * 60 * 1000;
    const unknown = journal.receive('nowhere' as ProductId, 1);
    const [first, second] = [journal.sell(coffee, 1, 'cart-0001'), journal.sell(coffee, 1, 'cart-0001')];
    const odd = journal.write('cash-in', { amount: 5 as never, reason: 'float' }, future);
    expect(await verdictsOf(unknown, first, second, odd)).toEqual(Array(4).fill('accepted'));
    const flags = await Promise.all([unknown, first, second, odd].map(async ({ id }) => (await stored(id))?.flags));
    expect(flags).toEqual([['unknown-product'], [], ['cart-sold-twice'], ['odd-clock']]);
    expect(await counter()).toEqual({ in: 0, out: 2, seq: 3 });
  });

  test('[PUSH4] when a batch cannot be stored, none of it is', async () => {
    const entries = [journal.receive(coffee, 10), journal.sell(coffee, 3)];
    const broken = { ...shop.core, deps: { ...shop.core.deps, now: () => Number.NaN } };
    await expect(pushRows(broken, till, entries)).rejects.toThrow();
    expect(await stored(entryId(till.device.deviceId, 1))).toBeUndefined();
    expect(await verdictsOf(...entries)).toEqual(['accepted', 'accepted']);
  });
});

describe('what is not', () => {
  test('[PUSH3] an unreadable row keeps its place, folds as nothing, and holds up nobody', async () => {
    const one = journal.receive(coffee, 10);
    const two = journal.sell(coffee, 3);
    const broken = { ...two, body: { ...two.body, lines: 'none' } };
    const three = journal.sell(coffee, 1);
    const { verdicts, head } = await push(one, broken, three);
    expect(verdicts.map(({ verdict }) => verdict)).toEqual(['accepted', 'quarantined', 'accepted']);
    expect(verdicts[1]?.reason).toContain('body.lines');
    expect(head).toEqual(journal.head);
    expect(await counter()).toEqual({ in: 10, out: 1, seq: 3 });
    expect(JSON.parse((await stored(two.id))?.json ?? '')).toEqual(broken);
  });

  test('[PUSH3] asked again, a quarantined row is still quarantined', async () => {
    const broken = { ...journal.receive(coffee, 10), kind: 'gift' };
    const first = await push(broken);
    expect((await push(broken)).verdicts).toEqual(first.verdicts);
    expect(first.verdicts[0]?.verdict).toBe('quarantined');
  });

  test.each([
    ['a changed byte', (entry: DeviceEntry) => ({ ...entry, at: entry.at + 1 }), 'hash'],
    ['another branch', (entry: DeviceEntry) => rewritten(entry, { branch: OTHER_BRANCH }), 'branch'],
    ['a wrong prev', (entry: DeviceEntry) => rewritten(entry, { prev: 'f'.repeat(64) }), 'prev'],
    ['a seq that is not the id', (entry: DeviceEntry) => rewritten(entry, { seq: 7 }), 'id'],
    ['a fraction', (entry: DeviceEntry) => rewritten(entry, { extra: 0.5 }), 'bad-number'],
    ['a key of every object', (entry: DeviceEntry) => ({ ...entry, constructor: 1 }), 'bad-key'],
  ])('[PUSH3] %s is quarantined with its reason', async (_what, change, reason) => {
    const entry = change(journal.receive(coffee, 10));
    const { verdicts, head } = await push(entry);
    expect(verdicts[0]).toMatchObject({ id: entry.id, hash: entry.hash, verdict: 'quarantined' });
    expect(verdicts[0]?.reason).toContain(reason);
    expect(head).toEqual({ seq: 1, hash: entry.hash });
    expect(await counter()).toBeUndefined();
  });

  test('[F17] a row nested by the thousand is kept whole', async () => {
    const deep = JSON.parse(`${'['.repeat(20_000)}1${']'.repeat(20_000)}`) as unknown;
    const entry = journal.receive(coffee, 10);
    const verdicts = await verdictsOf({ ...entry, body: deep }, journal.receive(coffee, 5));
    expect(verdicts).toEqual(['quarantined', 'accepted']);
    expect((await stored(entry.id))?.json).toContain(`"body":${'['.repeat(20_000)}1]`);
    expect(await counter()).toEqual({ in: 5, out: 0, seq: 2 });
  });

  test('[I6] an entry stored early that turns out not to follow is quarantined when its gap closes', async () => {
    const one = journal.receive(coffee, 10);
    const two = rewritten(journal.sell(coffee, 3), { prev: 'e'.repeat(64) });
    expect(await verdictsOf(two)).toEqual(['accepted']);
    expect((await push(one)).head.seq).toBe(2);
    expect(await stored(two.id)).toMatchObject({ verdict: 'quarantined', reason: expect.stringContaining('prev') });
    expect(await counter()).toEqual({ in: 10, out: 0, seq: 1 });
  });

  test('[STK12] an entry that would make a counter inexact is quarantined, and moves nothing', async () => {
    await push(journal.receive(coffee, 10));
    const id = stockId(till.device.branch, coffee);
    const scope = branchScope(till.device.branch);
    const full = { in: Number.MAX_SAFE_INTEGER - 4, out: 0, seq: 1 };
    await shop.core.store.write([scope], async (tx) => {
      const document = JSON.parse((await tx.document('stock', id))?.json ?? '') as Stock;
      const json = JSON.stringify({ ...document, counters: { [till.device.deviceId]: full } });
      await tx.putDocument('stock', { id, scope, json });
    });
    expect(await verdictsOf(journal.receive(coffee, 5), journal.receive(coffee, 4))).toEqual([
      'quarantined',
      'accepted',
    ]);
    expect(await counter()).toEqual({ in: Number.MAX_SAFE_INTEGER, out: 0, seq: 3 });
  });

  test('[PUSH6] another entry at a taken place is forked, set aside, and moves nothing', async () => {
    const one = journal.receive(coffee, 10);
    await push(one);
    const fork = createTestJournal(till).receive(coffee, 99);
    const { verdicts, head } = await push(fork);
    expect(verdicts[0]).toMatchObject({ id: one.id, hash: fork.hash, verdict: 'forked' });
    expect(head.seq).toBe(journal.head.seq);
    expect(await counter()).toEqual({ in: 10, out: 0, seq: 1 });
    expect((await stored(one.id))?.hash).toBe(one.hash);
  });

  test('[PUSH5] an entry of another device is refused, whatever its branch', async () => {
    const other = await shop.enrol('till', 'K2');
    const foreign = createTestJournal(other).receive(coffee, 10);
    const { verdicts } = await push(foreign, journal.receive(coffee, 1));
    expect(verdicts.map(({ verdict }) => verdict)).toEqual(['refused', 'accepted']);
    expect(await stored(foreign.id)).toBeUndefined();
    expect(await shop.core.store.read((tx) => tx.setAsideCount(till.device.deviceId))).toBe(1);
  });

  test.each([[null], [1], ['text'], [{}], [[]], [{ id: 5, hash: {} }], [{ id: '\ud800', hash: 'x'.repeat(500) }]])(
    '[I12] a row without a place is refused, and its neighbour accepted: %j',
    async (row) => {
      const { verdicts } = await push(row, journal.receive(coffee, 1));
      expect(verdicts.map(({ verdict }) => verdict)).toEqual(['refused', 'accepted']);
      expect(await shop.core.store.read((tx) => tx.setAsideCount(till.device.deviceId))).toBe(1);
    },
  );
});

import { afterEach, beforeEach, expect, test } from 'vitest';
import type { DraftChange, DraftDoc } from '../../schema/draft.ts';
import { branchScope, type CartId, type Hash } from '../../schema/ids.ts';
import { DRAFT_BYTES_MAX, DRAFT_ENDED_KEPT_MS, DRAFT_ENDED_SERVED_MS, DRAFT_HEADS_MAX } from '../../schema/limits.ts';
import { createTestJournal } from '../testing/test-device.ts';
import { pushRows } from '../testing/test-push.ts';
import { OTHER_BRANCH, openTestShop, type TestEnrolment, type TestShop } from '../testing/test-shop.ts';
import { readDraft } from './draft-writer.ts';
import { pull } from './pull.ts';
import { pushDrafts } from './push-drafts.ts';

let shop: TestShop;
let k1: TestEnrolment;
let k2: TestEnrolment;
const CART = 'cart-of-ibu-sari' as CartId;

beforeEach(async () => {
  shop = await openTestShop();
  k1 = await shop.enrol('till', 'K1');
  k2 = await shop.enrol('till', 'K2');
  await shop.addProduct('coffee');
});
afterEach(() => shop.close());

const hash = (text: string) => text.repeat(64).slice(0, 64) as Hash;
let count = 0;
const change = (from: string[], to: string[], more: Partial<Record<keyof DraftChange, unknown>> = {}) => {
  count += 1;
  const heads = { baseHeads: from.map(hash), heads: to.map(hash) };
  const bytes = Buffer.from(`change ${count}`).toString('base64');
  return { changeId: `change-${count}`, draftId: CART, kind: 'cart', bytes, ...heads, ...more };
};
const push = async (device: TestEnrolment, ...rows: unknown[]) =>
  (await pushDrafts(shop.core, device.stored, rows)).verdicts;
const said = async (device: TestEnrolment, ...rows: unknown[]) =>
  (await push(device, ...rows)).map(({ verdict, reason }) => reason ?? verdict);
const read = async () => (await shop.core.store.read((tx) => readDraft(tx, CART))) as DraftDoc;
const served = async (device: TestEnrolment) => {
  const page = await pull(shop.core, device.stored, { collection: 'drafts', checkpoint: undefined, limit: 10 });
  return page.documents.map((json) => JSON.parse(json) as DraftDoc);
};
const sell = async (device: TestEnrolment) => {
  const journal = createTestJournal(device);
  const sale = journal.sell('coffee' as never, 1, CART);
  await pushRows(shop.core, device, [sale]);
  return sale.id;
};

test('[DRF1] a change is stored and served as it came, unread, with whose it is and where the draft then stands', async () => {
  const first = change([], ['a']);
  expect(await push(k1, first)).toEqual([{ changeId: first.changeId, verdict: 'accepted', rev: { epoch: 1, n: 1 } }]);
  await push(k2, change(['a'], ['b']));
  const [draft] = await served(k1);
  expect(draft).toMatchObject({ id: CART, kind: 'cart', heads: [hash('b')], rev: { n: 2 } });
  expect(draft?.changes.map(({ by }) => by)).toEqual([k1.device.deviceId, k2.device.deviceId]);
  expect(draft?.changes[0]?.bytes).toBe(first.bytes);
});

test('[DRF2] a change is stored once however often it is pushed, also beside new ones, and in its order', async () => {
  const [first, second, third] = [change([], ['a']), change(['a'], ['b']), change(['b'], ['c'])];
  expect(await said(k1, first, second)).toEqual(['accepted', 'accepted']);
  expect(await said(k1, first, second, third)).toEqual(['duplicate', 'duplicate', 'accepted']);
  expect((await read()).changes.map(({ bytes }) => bytes)).toEqual([first.bytes, second.bytes, third.bytes]);
});

test('[DRF2] what another device brought already is not stored a second time', async () => {
  await push(k1, change([], ['a']));
  expect(await said(k2, change([], ['a']))).toEqual(['duplicate']);
  expect((await read()).changes).toHaveLength(1);
});

test('[DRF2] a change that threw a cart away and comes again by another name is stored once, and throws nothing away again', async () => {
  const away = change(['a'], ['b'], { discards: true });
  await push(k1, change([], ['a']), away);
  await push(k2, change(['b'], ['c']));
  expect(await said(k1, { ...away, changeId: change([], ['b']).changeId })).toEqual(['duplicate']);
  const { changes, ending } = await read();
  expect([changes.length, ending]).toEqual([3, undefined]);
});

test('[DRF18] what a device hands back is taken, though the server stands there: what it stands on may be lost', async () => {
  await push(k1, change(['a'], ['b']));
  const all = change([], ['b'], { bytes: 'QWxsIG9mIGl0', handsBack: true });
  expect(await said(k2, all)).toEqual(['accepted']);
  expect(await said(k1, { ...all, changeId: change([], ['b']).changeId })).toEqual(['duplicate']);
  const { heads, changes } = await read();
  expect(heads).toEqual([hash('b')]);
  expect(changes).toHaveLength(2);
});

test('[DRF3] changes made apart both stand, until one that saw both follows', async () => {
  await push(k1, change([], ['a']));
  await push(k1, change(['a'], ['b']));
  await push(k2, change(['a'], ['c']));
  expect((await read()).heads).toEqual([hash('b'), hash('c')]);
  await push(k2, change(['b', 'c'], ['d']));
  expect((await read()).heads).toEqual([hash('d')]);
});

test('[DRF4] a whole document takes the place of the changes only while nothing came since', async () => {
  await push(k1, change([], ['a']), change(['a'], ['b']));
  expect(await said(k2, change(['a'], ['b'], { whole: true }))).toEqual(['moved']);
  const whole = change(['b'], ['b'], { whole: true });
  expect(await said(k2, whole)).toEqual(['accepted']);
  expect((await read()).changes).toEqual([{ by: k2.device.deviceId, bytes: whole.bytes }]);
  expect(await said(k2, change([], ['f'], { whole: true, draftId: 'nobody-knows-it' }))).toEqual(['moved']);
});

test('[DRF5] a draft has a bound in bytes and in heads, and a refused change leaves it as it is', async () => {
  await push(k1, change([], ['a']));
  const large = Buffer.alloc(DRAFT_BYTES_MAX - 3).toString('base64');
  expect(await said(k1, change(['a'], ['b'], { bytes: large }))).toEqual(['size']);
  const heads = Array.from({ length: DRAFT_HEADS_MAX }, (_, place) => place.toString(16).padStart(64, '0'));
  expect(await said(k1, change([], [], { heads }))).toEqual(['heads']);
  expect((await read()).changes).toHaveLength(1);
});

test.each([
  ['nothing', null],
  ['a number', 7],
  ['no heads', { heads: [] }],
  ['bytes that are no base64', { bytes: '<script>' }],
  ['a kind that nobody knows', { kind: 'invoice' }],
  ['an id of a path', { draftId: '../../etc' }],
])('[DRF5] %s is refused by itself, and the others are taken', async (_what, wrong) => {
  const bad = wrong === null || typeof wrong === 'number' ? wrong : change([], ['a'], wrong);
  const verdicts = await push(k1, bad, change([], ['b']));
  expect(verdicts.map(({ verdict }) => verdict)).toEqual(['refused', 'accepted']);
});

test('[DRF6] a draft belongs to one branch: the other neither changes nor sees it, and is told nothing of it', async () => {
  const other = await shop.enrol('till', 'K1', OTHER_BRANCH);
  await push(k1, change([], ['a']));
  expect(await said(other, change(['a'], ['b']))).toEqual(['draft']);
  expect(await served(other)).toEqual([]);
  expect((await read()).heads).toEqual([hash('a')]);
});

test('[DRF6] a device that may not change drafts of a kind is refused', async () => {
  const developer = await shop.enrol('developer', 'D1');
  expect(await said(developer, change([], ['a']))).toEqual(['role']);
  expect(await served(developer)).toEqual([]);
});

test('[DRF7] a sale ends the draft of its cart as it is stored', async () => {
  await push(k1, change([], ['a']));
  const entry = await sell(k2);
  expect((await read()).ending).toMatchObject({ how: 'paid', entry });
});

test('[DRF7] a draft that arrives after its sale is ended from the beginning, and a later change leaves it so', async () => {
  await sell(k2);
  await push(k2, change([], ['a']));
  expect((await read()).ending).toMatchObject({ how: 'paid' });
  expect(await said(k1, change(['a'], ['b']))).toEqual(['accepted']);
  expect((await read()).ending?.how).toBe('paid');
});

test('[DRF8] two sales of one cart are both kept, and the draft names both', async () => {
  await push(k1, change([], ['a']));
  const [first, second] = [await sell(k1), await sell(k2)];
  expect((await read()).ending).toMatchObject({ entry: first, again: [second] });
  const rows = await shop.core.store.read(async (tx) => [await tx.entry(first), await tx.entry(second)]);
  expect(rows.map((row) => row?.verdict)).toEqual(['accepted', 'accepted']);
  expect(rows[1]?.flags).toContain('cart-sold-twice');
});

test('[DRF9] what was thrown away comes back with the next change, and is gone with none', async () => {
  await push(k1, change([], ['a']), change(['a'], ['b'], { discards: true }));
  expect((await read()).ending).toMatchObject({ how: 'discarded' });
  await push(k2, change(['b'], ['c']));
  expect((await read()).ending).toBeUndefined();
});

test('[DRF10] a draft that ended a day ago is served without its changes, and after 35 days no more', async () => {
  await push(k1, change([], ['a']));
  await sell(k2);
  expect((await served(k1))[0]?.changes).toHaveLength(1);
  shop.deps.passTime(DRAFT_ENDED_KEPT_MS + 1);
  expect((await served(k1))[0]).toMatchObject({ id: CART, changes: [], ending: { how: 'paid' } });
  shop.deps.passTime(DRAFT_ENDED_SERVED_MS);
  expect(await served(k1)).toEqual([]);
  const open = await shop.core.store.read((tx) =>
    tx.documentsAfter('drafts', { scope: branchScope(k1.stored.branch), after: 0, limit: 9 }),
  );
  expect(open).toHaveLength(1);
});

test('[DRF10] who missed an end that is served no more hears of it with the next change, or with what it gives back', async () => {
  const first = change([], ['a']);
  await push(k1, first);
  await sell(k2);
  shop.deps.passTime(DRAFT_ENDED_SERVED_MS + DRAFT_ENDED_KEPT_MS);
  expect(await said(k1, first)).toEqual(['duplicate']);
  expect(await served(k1)).toEqual([]);
  expect(await said(k1, { ...first, changeId: 'under-another-name' })).toEqual(['duplicate']);
  expect(await served(k1)).toMatchObject([{ id: CART, rev: { n: 3 }, changes: [], ending: { how: 'paid' } }]);
  shop.deps.passTime(DRAFT_ENDED_SERVED_MS + 1);
  expect(await served(k1)).toEqual([]);
  expect(await said(k1, change(['a'], ['b']))).toEqual(['accepted']);
  expect(await served(k1)).toMatchObject([{ id: CART, rev: { n: 4 }, changes: [], ending: { how: 'paid' } }]);
});

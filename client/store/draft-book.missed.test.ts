import { beforeEach, expect, test } from 'vitest';
import type { DraftDoc, DraftId } from '../../schema/draft.ts';
import type { Epoch } from '../../schema/epoch.ts';
import type { DeviceId, EditId, Hash } from '../../schema/ids.ts';
import { EMPTY_CONTENT } from '../drafts/draft-content.ts';
import type { DraftReader } from '../drafts/draft-reader.ts';
import { createDraftBook, type DraftBook } from './draft-book.ts';
import { createFindings, type Finding } from './findings.ts';
import { createMemoryShelf } from './memory-shelf.ts';
import type { OwnDraftChange } from './own-draft-change.ts';
import type { Shelf } from './shelf.ts';

/** A server that was set back unnoticed, in one history: what it took of a draft is gone, and no draft that it serves says so. */
const EPOCH: Epoch = { n: 1, id: '1'.repeat(16) };
const CART = 'held-K1-000001' as DraftId;
const DAY_MS = 86_400_000;

let now: number;
let ids: number;
let book: DraftBook;
let changes: Shelf<OwnDraftChange>;

const view = { heads: [], content: EMPTY_CONTENT, unserved: [], more: false, bad: [] };
const reader: DraftReader = {
  read: async () => view,
  change: async () => ({ baseHeads: [], heads: ['a' as Hash], bytes: 'AAAA' }),
  whole: async () => ({ heads: [], bytes: 'AAAA' }),
  forget: async () => undefined,
  close: () => undefined,
};

beforeEach(async () => {
  now = DAY_MS;
  ids = 0;
  changes = createMemoryShelf<OwnDraftChange>('id');
  book = createDraftBook({
    drafts: createMemoryShelf<DraftDoc>('id'),
    changes,
    findings: createFindings(createMemoryShelf<Finding>('id'), () => 1),
    ...{
      reader,
      device: 'd'.repeat(16) as DeviceId,
      clock: () => now,
      serverTime: () => null,
      onWaiting: () => undefined,
    },
    newId: () => {
      ids += 1;
      return `edit${ids}`;
    },
  });
  await book.load();
  await book.reopen(EPOCH);
});

async function changeAndSettle(): Promise<void> {
  await book.change(CART, [], 'K1');
  const verdicts = book
    .waiting()
    .map(({ id }) => ({ changeId: id, verdict: 'accepted', rev: { epoch: 1, n: 1 } }) as const);
  await book.settle(verdicts, EPOCH);
}

const held = () => changes.count();
const waiting = () => book.waiting().map(({ id, bytes }) => [id, bytes]);

test('[DRF25] what the server took and does not serve to a later round of pulls goes again, under another name', async () => {
  await changeAndSettle();
  const end = book.beginRound();
  expect(waiting()).toEqual([]);
  await end();
  expect(waiting()).toEqual([['edit2', 'AAAA']]);
});

test('[DRF25] what was taken while the round ran may come with the next, and what is old may have ended long ago', async () => {
  const end = book.beginRound();
  await changeAndSettle();
  await end();
  expect(waiting()).toEqual([]);
  now += DAY_MS;
  await book.beginRound()();
  expect(waiting()).toEqual([]);
});

test('[DRF25] what is served was not lost', async () => {
  await changeAndSettle();
  const rev = { epoch: 1, n: 1 };
  book.put([{ id: CART, kind: 'cart', scope: 'utama', rev, at: 1, heads: [], changes: [] } as unknown as DraftDoc]);
  await book.beginRound()();
  expect(waiting()).toEqual([]);
});

test('[DRF25] a draft served by a later round as it was before the change was set back, and the change goes again', async () => {
  await changeAndSettle();
  const rev = { epoch: 1, n: 0 };
  book.put([{ id: CART, kind: 'cart', scope: 'utama', rev, at: 1, heads: [], changes: [] } as unknown as DraftDoc]);
  const end = book.beginRound();
  expect(waiting()).toEqual([]);
  await end();
  expect(waiting()).toEqual([['edit2', 'AAAA']]);
});

test('[DRF22] where all is as the server has it, what it once took of a draft that it serves no more leaves; not while something of it waits, or may have been set back unnoticed', async () => {
  await changeAndSettle();
  await book.forgetUnserved();
  expect([book.draft(CART)?.waiting, await held()]).toEqual([0, 1]);
  now += DAY_MS;
  await book.change(CART, [], 'K1');
  await book.forgetUnserved();
  expect([waiting(), await held()]).toEqual([[['edit2', 'AAAA']], 2]);
  await book.settle([{ changeId: 'edit2' as EditId, verdict: 'accepted' }], EPOCH);
  now += DAY_MS;
  await book.forgetUnserved();
  expect([book.draft(CART), await held()]).toEqual([undefined, 0]);
  await book.load();
  await book.settled();
  expect(book.drafts()).toEqual([]);
});

test('[TAB4] a change that another tab wrote is taken in and sent; one that was let go of, or written here, is not taken in again', async () => {
  const row = (id: string) =>
    ({
      id,
      draftId: CART,
      kind: 'cart',
      baseHeads: [],
      heads: ['b'],
      bytes: 'BBBB',
      order: 7,
      at: 1,
      verdict: null,
    }) as never;
  await book.change(CART, [], 'K1');
  await changes.replace(row('there'));
  book.takeIn([row('gone'), row('there'), ...(await changes.byIds(['edit1']))]);
  await book.settled();
  expect(waiting()).toEqual([
    ['edit1', 'AAAA'],
    ['there', 'BBBB'],
  ]);
  await book.change(CART, [], 'K1');
  expect(book.waiting().map(({ order }) => order)).toEqual([1, 7, 8]);
});

test('[TAB4] a change that another tab had go again waits here too', async () => {
  await changeAndSettle();
  const [taken] = await changes.byIds(['edit1']);
  const again = { ...taken, verdict: null } as OwnDraftChange;
  // What is written here by now is the later word.
  book.takeIn([again]);
  await book.settled();
  expect(waiting()).toEqual([]);
  await changes.replace(again);
  book.takeIn([again]);
  await book.settled();
  expect(waiting()).toEqual([['edit1', 'AAAA']]);
});

import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WINDOW_DAYS_MAX } from '../../schema/limits.ts';
import type { Checkpoint } from '../../schema/protocol/checkpoint.ts';
import { pullAnswerShape } from '../../schema/protocol/pull.ts';
import { createTestJournal } from '../testing/test-device.ts';
import { startTestServer } from '../testing/test-http.ts';
import { pushRows } from '../testing/test-push.ts';
import { openTestShop, type TestEnrolment, type TestShop } from '../testing/test-shop.ts';
import { parseWindow, windowOf } from './journal-window.ts';
import { pull } from './pull.ts';
import { readStatus } from './status.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Sales of K1 on three days of a year: 100 days ago, 40 days ago, today. */
const SOLD = { long: 7, lately: 5, today: 3 } as const;

let shop: TestShop;
let till: TestEnrolment;

beforeEach(async () => {
  shop = await openTestShop();
  const seller = await shop.enrol();
  const product = await shop.addProduct('coffee');
  const journal = createTestJournal(seller);
  const sell = (count: number) =>
    pushRows(
      shop.core,
      seller,
      Array.from({ length: count }, () => journal.sell(product, 1)),
    );
  await sell(SOLD.long);
  shop.deps.passTime(60 * DAY_MS);
  await sell(SOLD.lately);
  shop.deps.passTime(40 * DAY_MS);
  await sell(SOLD.today);
  till = await shop.enrol('till', 'K2');
});
afterEach(() => shop.close());

interface Asked {
  readonly device?: TestEnrolment;
  readonly windowDays?: number;
  readonly checkpoint?: Checkpoint | undefined;
}

/** Documents of all pages from a checkpoint to the end, and the last checkpoint. */
async function pullAll({ device = till, windowDays, checkpoint }: Asked = {}) {
  const documents: { id: string; seq: number }[] = [];
  for (let from = checkpoint; ; ) {
    const request = { collection: 'branchJournal', checkpoint: from, limit: 2, windowDays } as const;
    const page = await pull(shop.core, device.stored, request);
    documents.push(...page.documents.map((text) => JSON.parse(text) as { id: string; seq: number }));
    from = page.checkpoint;
    if (!page.more) return { documents, checkpoint: page.checkpoint };
  }
}
const count = async (asked?: Asked) => (await pullAll(asked)).documents.length;

test('[PULL7] a fresh till gets what arrived within its window, the days it asks for or 30', async () => {
  const fresh = await pullAll();
  expect(fresh.documents.map(({ seq }) => seq)).toEqual([13, 14, 15]);
  expect(await count({ windowDays: 45 })).toBe(SOLD.lately + SOLD.today);
  expect(await count({ windowDays: 3_000 })).toBe(15);
  expect(await count({ windowDays: 0 })).toBe(SOLD.today);
});

test('[PULL7] a manager and a developer get all, unless they ask for less', async () => {
  const manager = await shop.enrol('manager', 'M1');
  const developer = await shop.enrol('developer', 'D1');
  expect([await count({ device: manager }), await count({ device: developer })]).toEqual([15, 15]);
  expect(await count({ device: manager, windowDays: 45 })).toBe(8);
});

test('[PULL7] who holds a place goes on there, however long it was away', async () => {
  const { checkpoint } = await pullAll();
  shop.deps.passTime(50 * DAY_MS);
  const seller = await shop.enrol('till', 'K3');
  const journal = createTestJournal(seller);
  await pushRows(shop.core, seller, [journal.receive(await shop.addProduct('tea'), 1)]);
  shop.deps.passTime(50 * DAY_MS);
  expect(await count({ checkpoint })).toBe(1);
  expect(await count()).toBe(0);
});

test('[PULL7] an empty window ends at the newest place, and what comes next comes', async () => {
  shop.deps.passTime(50 * DAY_MS);
  const { documents, checkpoint } = await pullAll();
  expect(documents).toEqual([]);
  const seller = await shop.enrol('till', 'K3');
  await pushRows(shop.core, seller, [createTestJournal(seller).receive(await shop.addProduct('tea'), 1)]);
  expect([await count({ checkpoint }), await count()]).toEqual([1, 1]);
});

test('[PULL7] an old entry whose verdict changes today travels today', async () => {
  const { checkpoint } = await pullAll();
  const id = `${(await pullAll()).documents[0]?.id.slice(0, 16)}:0000000002`;
  await shop.core.store.write(['utama' as never], (tx) => tx.quarantineEntry(id as never, 'prev'));
  expect((await pullAll({ checkpoint })).documents.map(({ id: each }) => each)).toEqual([id]);
  expect((await pullAll()).documents.map(({ seq }) => seq)).toEqual([13, 14, 15, 2]);
});

test('[PULL7] [STATUS1] the status counts what the pull brings', async () => {
  const counted = async (windowDays?: number, checkpoint?: Checkpoint) => {
    const checkpoints = checkpoint ? { branchJournal: checkpoint } : {};
    return (await readStatus(shop.core, till.stored, { checkpoints, windowDays })).collections.branchJournal;
  };
  expect(await counted()).toEqual({ total: 3, lag: 3 });
  expect(await counted(45)).toEqual({ total: 8, lag: 8 });
  const { checkpoint } = await pullAll();
  expect(await counted(30, checkpoint)).toEqual({ total: 3, lag: 0 });
});

test('[PULL7] the days are read from the address and clamped', async () => {
  const server = await startTestServer(shop, join(shop.dataDir, 'app'));
  const pulled = async (query: string) => {
    const path = `/sync/v1/branchJournal/pull?limit=100${query}`;
    return pullAnswerShape.parse((await server.ask(path, { credential: till.credential })).json).documents.length;
  };
  const counts = [await pulled(''), await pulled('&window=45'), await pulled('&window=x'), await pulled('&window=-9')];
  await server.close();
  expect(counts).toEqual([3, 8, 3, 3]);
  expect([parseWindow('45'), parseWindow('4.5'), parseWindow(['1']), parseWindow('')]).toEqual([
    ...[45, undefined, undefined, undefined],
  ]);
  expect([windowOf('till', 9e9), windowOf('manager', 0)]).toEqual([WINDOW_DAYS_MAX, 1]);
});

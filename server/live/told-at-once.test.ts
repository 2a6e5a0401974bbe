import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ProductId, Scope } from '../../schema/ids.ts';
import type { LiveServerMessage } from '../../schema/protocol/live.ts';
import type { Core } from '../core/core.ts';
import { openSqliteStore } from '../store/sqlite/sqlite-store.ts';
import { until } from '../testing/test-deps.ts';
import { createTestJournal } from '../testing/test-device.ts';
import { pushRows } from '../testing/test-push.ts';
import { openTestShop, type TestEnrolment, type TestShop } from '../testing/test-shop.ts';
import type { ChangesMessage } from './changes-message.ts';
import { createTail, type Tail } from './tail.ts';

type Changes = Extract<LiveServerMessage, { type: 'changes' }>;
const UTAMA = 'utama' as Scope;

let shop: TestShop;
/** The same shop as another process has it. */
let afar: Core;
let tills: readonly TestEnrolment[];
let coffee: ProductId;
let tail: Tail;
let start: number;
let sent: ChangesMessage[];

beforeEach(async () => {
  shop = await openTestShop();
  tills = [await shop.enrol(), await shop.enrol('till', 'K2')];
  coffee = await shop.addProduct('coffee');
  afar = { ...shop.core, store: openSqliteStore(join(shop.dataDir, 'laci.db'), shop.deps) };
  start = await shop.core.store.read(async (tx) => (await tx.place(UTAMA)).seq);
  sent = [];
  tail = createTail(shop.core, UTAMA, start, (message) => sent.push(message));
  shop.core.store.onCommit((commit) => tail.wake(commit.get(UTAMA)));
});
afterEach(async () => {
  tail.stop();
  await afar.store.close();
  await shop.close();
});

const told = () => sent.map(({ text }) => JSON.parse(text) as Changes);

test('[LIVE19] a commit is told when it is on the disk, and before its pusher is answered', async () => {
  const [till] = tills;
  const journal = createTestJournal(till as TestEnrolment);
  await pushRows(shop.core, till as TestEnrolment, [journal.receive(coffee, 9)]);
  expect(told()).toMatchObject([
    { from: start, to: { seq: start + 2 }, changes: [{ document: { id: expect.anything() } }] },
  ]);
  await pushRows(shop.core, till as TestEnrolment, [journal.sell(coffee, 1)]);
  expect(told()[1]).toMatchObject({ from: start + 2, changes: [{ delta: { counter: { in: 9, out: 1, seq: 2 } } }] });
});

test('[LIVE19] [LIVE6] what is told at once and what is read make one line, whichever process commits', async () => {
  const [here, there] = tills as [TestEnrolment, TestEnrolment];
  const [own, theirs] = [createTestJournal(here), createTestJournal(there)];
  const acts = [
    () => pushRows(shop.core, here, [own.receive(coffee, 5)]),
    () => pushRows(afar, there, [theirs.receive(coffee, 7)]),
    () => Promise.resolve(tail.wake()),
  ];
  for (const turn of '01021100112002010110210') await acts[Number(turn)]?.();
  const end = await shop.core.store.read(async (tx) => (await tx.place(UTAMA)).seq);
  tail.wake();
  await until('the end', () => tail.position() === end);
  const ends = told().map(({ to }) => to.seq);
  expect(told().map(({ from }) => from)).toEqual([start, ...ends.slice(0, -1)]);
  expect(ends.at(-1)).toBe(end);
});

test('[LIVE19] the place of a commit that is told at once is the one that a reader gets', async () => {
  const [till] = tills as [TestEnrolment];
  await pushRows(shop.core, till, [createTestJournal(till).receive(coffee, 9)]);
  const { core } = shop;
  const place = await core.store.read((tx) => tx.place(UTAMA));
  expect(told()[0]?.to).toEqual(core.positions.sign(core.epoch, UTAMA, place));
});

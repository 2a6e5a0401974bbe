import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ProductId, Scope } from '../../schema/ids.ts';
import type { LiveServerMessage } from '../../schema/protocol/live.ts';
import { pull } from '../core/pull.ts';
import { until } from '../testing/test-deps.ts';
import { createTestJournal, type TestJournal } from '../testing/test-device.ts';
import { pushRows } from '../testing/test-push.ts';
import { openTestShop, type TestEnrolment, type TestShop } from '../testing/test-shop.ts';
import type { ChangesMessage } from './changes-message.ts';
import { CHANGES_MAX, ENTRIES_MS } from './limits.ts';
import { createTail, type Tail } from './tail.ts';

type Changes = Extract<LiveServerMessage, { type: 'changes' }>;
interface Timer {
  readonly ms: number;
  readonly work: () => void;
}

/** More than wait. */
const SALES_THAT_GATHER = 100;
/** Sent to a thousand sockets, so many bytes are no burst. */
const MESSAGE_LENGTH_MAX = 20_000;

let shop: TestShop;
let till: TestEnrolment;
let journal: TestJournal;
let coffee: ProductId;
let tail: Tail;
let start: number;
/** Timers that a test lets go off. */
let timers: Timer[];
let sent: ChangesMessage[];

beforeEach(async () => {
  shop = await openTestShop();
  till = await shop.enrol();
  journal = createTestJournal(till);
  coffee = await shop.addProduct('coffee');
  await push(journal.receive(coffee, 100));
  [timers, sent] = [[], []];
  const after = (ms: number, work: () => void) => {
    const timer = { ms, work };
    timers.push(timer);
    return () => {
      timers = timers.filter((one) => one !== timer);
    };
  };
  start = await shop.core.store.read(async (tx) => (await tx.place('utama' as Scope)).seq);
  const core = { ...shop.core, deps: { ...shop.core.deps, after } };
  tail = createTail(core, 'utama' as Scope, start, (message) => sent.push(message));
});
afterEach(async () => {
  tail.stop();
  await shop.close();
});

const push = (...rows: unknown[]) => pushRows(shop.core, till, rows);
const read = (message: ChangesMessage | undefined) => JSON.parse(message?.text ?? '') as Changes;
const told = async (count: number) => {
  tail.wake();
  await until(`${count} messages`, () => sent.length >= count);
  return sent.map(read);
};
const letTimePass = () => {
  for (const { work } of timers.splice(0)) work();
};
const holdsEntries = (message: Changes) => collections(message).includes('branchJournal');
const collections = ({ changes }: Changes) => changes.map(({ collection }) => collection);

test('[LIVE15] counters are told at once with the newest place, and the entries of several sales follow in one message that begins and ends there', async () => {
  await push(journal.sell(coffee, 1));
  await told(1);
  await push(journal.sell(coffee, 2));
  const [first, second] = await told(2);
  expect(timers.map(({ ms }) => ms)).toEqual([ENTRIES_MS]);
  letTimePass();
  const [, , third] = await told(3);
  const places = [first, second, third].map((message) => [message?.from, message?.to.seq]);
  expect(places).toEqual([
    [start, start + 2],
    [start + 2, start + 4],
    [start + 4, start + 4],
  ]);
  expect([first, second, third].map((message) => collections(message as Changes))).toEqual([
    ...[['stock'], ['stock'], ['branchJournal', 'branchJournal']],
  ]);
  expect(timers).toEqual([]);
});

test('[LIVE15] the place at which entries are told is one that a pull goes on from', async () => {
  await push(journal.sell(coffee, 1));
  await told(1);
  letTimePass();
  const [, entries] = await told(2);
  const other = await shop.enrol('till', 'K2');
  const request = { collection: 'branchJournal', checkpoint: undefined, limit: 10 } as const;
  const { checkpoint } = await pull(shop.core, other.stored, request);
  const scopes = { ...checkpoint.scopes, utama: { ...(entries as Changes).to, grant: 'home' } };
  const next = await pull(shop.core, other.stored, { ...request, checkpoint: { ...checkpoint, scopes } });
  expect(next.documents).toEqual([]);
});

test('[LIVE15] when many have gathered they are told without waiting', async () => {
  await push(...Array.from({ length: SALES_THAT_GATHER }, () => journal.sell(coffee, 1)));
  const messages = await told(2);
  expect(messages.map((message) => message.changes.length)).toEqual([1, SALES_THAT_GATHER]);
  expect(timers).toEqual([]);
});

test('[LIVE15] sales that come one by one are told some ten at a time: with a thousand sockets whoever sells just then would wait for more', async () => {
  for (let sale = 0; sale < SALES_THAT_GATHER / 2; sale += 1) {
    await push(journal.sell(coffee, 1));
    await told(sale + 1);
  }
  await until('entries', () => sent.map(read).some(holdsEntries));
  for (const message of sent) expect(message.text.length).toBeLessThan(MESSAGE_LENGTH_MAX);
});

test('[LIVE16] an entry that changed while it waited is told once, as it is now', async () => {
  const sale = journal.sell(coffee, 1);
  await push(sale);
  await told(1);
  await shop.core.store.write(['utama' as Scope], (tx) => tx.reflagEntry(sale.id, ['late']));
  await told(2);
  letTimePass();
  const [, , entries] = await told(3);
  expect(entries?.changes).toMatchObject([{ seq: entries?.to.seq, document: { id: sale.id, flags: ['late'] } }]);
});

test('[LIVE16] entries of one device are marked as its own, those of several are not', async () => {
  const other = await shop.enrol('till', 'K2');
  await push(journal.sell(coffee, 1));
  await told(1);
  letTimePass();
  await told(2);
  await push(journal.sell(coffee, 1));
  await pushRows(shop.core, other, [createTestJournal(other).sell(coffee, 1)]);
  await told(3);
  letTimePass();
  await until('all entries', () => sent.filter(({ text }) => text.includes('branchJournal')).length === 2);
  const authors = sent.filter(({ text }) => text.includes('branchJournal')).map(({ author }) => author);
  expect(authors).toEqual([till.device.deviceId, null]);
  expect(sent.find(({ text }) => !text.includes('branchJournal'))?.author).toBeNull();
});

test('[LIVE16] a call to pull stands for the entries that wait, and after the end none waits', async () => {
  await push(journal.sell(coffee, 1));
  await told(1);
  const json = (n: number) => JSON.stringify({ id: `order:${n}` });
  await shop.core.store.write(['utama' as Scope], async (tx) => {
    for (let n = 0; n <= CHANGES_MAX; n += 1)
      await tx.putDocument('drafts', { id: `order:${n}`, scope: 'utama' as Scope, json: json(n) });
  });
  const messages = await told(2);
  expect([messages[1]?.type, timers]).toEqual(['resync', []]);
  tail.stop();
  await push(journal.sell(coffee, 1));
  await told(3);
  expect(timers).toEqual([]);
});

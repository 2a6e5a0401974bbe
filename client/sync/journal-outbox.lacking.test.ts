import { beforeEach, expect, test } from 'vitest';
import { EMPTY_HEAD } from '../../schema/chain.ts';
import type { BodyOf, DeviceEntry } from '../../schema/entry/entry.ts';
import type { BranchId, DeviceId, PersonId } from '../../schema/ids.ts';
import { ok } from '../../schema/result.ts';
import { createFindings, type Finding } from '../store/findings.ts';
import { createJournal, type Journal } from '../store/journal.ts';
import { createTailKeeper } from '../store/journal-tail.ts';
import { createMemoryShelf } from '../store/memory-shelf.ts';
import { createMemoryVault } from '../store/memory-vault.ts';
import type { Acknowledged } from '../store/vault.ts';
import { isAcknowledged } from './acknowledgement.ts';
import { createJournalOutbox } from './journal-outbox.ts';
import { createManualTimers } from './manual-timers.ts';
import { createOutboxServer, EPOCH, LATER, type OutboxServer } from './outbox-server.ts';

/** Own entries that the server names as missing below its head. */
let server: OutboxServer;
let journal: Journal;
let acknowledged: Acknowledged;
let full: boolean;
let posts: { readonly entries: readonly DeviceEntry[]; readonly resent?: number }[];

const nothing = () => undefined;
const signer = { sign: async (text: string) => `signed ${text}` };
const findings = createFindings(createMemoryShelf<Finding>('id'), () => 1);

beforeEach(() => {
  server = createOutboxServer();
  acknowledged = { epoch: EPOCH, head: EMPTY_HEAD };
  full = false;
  posts = [];
  journal = createJournal({
    ...{ signer, findings, timers: createManualTimers(), clock: () => 1, onEntry: nothing, onSuperseded: nothing },
    shelf: createMemoryShelf<DeviceEntry>('id'),
    owner: { deviceId: 'd'.repeat(16) as DeviceId, branch: 'utama' as BranchId },
    tail: createTailKeeper(createMemoryVault()),
  });
});

function open() {
  const post = async (body: unknown) => {
    const posted = structuredClone(body) as (typeof posts)[number];
    posts.push(posted);
    return ok(server.push(posted.entries));
  };
  return createJournalOutbox({
    ...{ journal, signer, findings, certificate: 'own certificate', post, rowsMax: () => 200 },
    held: () => acknowledged,
    keep: async (next) => {
      if (full) throw new Error('The disk is full.');
      acknowledged = next;
    },
    askHead: async () => ok({ epoch: EPOCH, head: server.head() }),
    ...{ onQuarantined: nothing, onSent: nothing, onFault: nothing },
  });
}

async function write(count: number): Promise<void> {
  const body = { reason: 'x', lines: [{ productId: 'p', delta: 1 }] } as unknown as BodyOf<'adjust'>;
  for (let made = 0; made < count; made += 1) await journal.append('adjust', 'budi' as PersonId, () => body);
}

const onServer = () => server.held.map(({ seq }) => seq);
const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

test('[SYNC25] [F12] what the server lacks below its head is sent again, and counts as acknowledged only then', async () => {
  await write(6);
  const outbox = open();
  await outbox.run();
  server.restore(6);
  server.lose(3, 4);
  await outbox.adopt(LATER, server.head(), [{ from: 3, to: 4 }]);
  expect([isAcknowledged(acknowledged, 2), isAcknowledged(acknowledged, 3)]).toEqual([true, false]);
  expect(outbox.isThrough()).toBe(false);
  await outbox.run();
  expect([onServer(), acknowledged.head.seq]).toEqual([upTo(6), 6]);
  expect(posts.at(-1)?.resent).toBe(6);
});

test('[SYNC25] it is offered once per start and history: the server may have filed it elsewhere, or refuse it', async () => {
  await write(6);
  const outbox = open();
  await outbox.run();
  const lacking = [{ from: 3, to: 4 }];
  expect(await outbox.adopt(EPOCH, server.head(), lacking)).toBe(false);
  await outbox.run();
  const sent = posts.length;
  await outbox.adopt(EPOCH, server.head(), lacking);
  expect(outbox.isThrough()).toBe(true);
  await outbox.run();
  expect(posts.length).toBe(sent);
  await open().adopt(EPOCH, server.head(), lacking);
  expect(acknowledged.head.seq).toBe(2);
});

test('[SYNC25] [F25] what it lacked, took, and lacks again, because it was set back unnoticed, is sent again each time', async () => {
  await write(6);
  const outbox = open();
  await outbox.run();
  for (let time = 0; time < 3; time += 1) {
    server.lose(3, 4);
    await outbox.adopt(EPOCH, server.head(), [{ from: 3, to: 4 }]);
    await outbox.run();
    expect(onServer()).toEqual(upTo(6));
  }
});

test('[SYNC25] what it does not hold itself, and what waits anyway, moves nothing', async () => {
  await write(2);
  const outbox = open();
  await outbox.run();
  await write(2);
  const before = acknowledged;
  await outbox.adopt(EPOCH, server.head(), [
    { from: 3, to: 4 },
    { from: 90, to: 99 },
  ]);
  expect(acknowledged).toBe(before);
});

test('[SYNC25] an answer of a lost history is not listened to', async () => {
  await write(3);
  const outbox = open();
  await outbox.run();
  await outbox.adopt(LATER, server.head());
  const before = acknowledged;
  await outbox.adopt(EPOCH, server.head(), [{ from: 1, to: 2 }]);
  expect(acknowledged).toBe(before);
});

test('[SYNC25] [F9] what a full disk did not take is not forgotten: nobody says it again while the socket lives', async () => {
  await write(6);
  const outbox = open();
  await outbox.run();
  server.lose(3, 4);
  full = true;
  await expect(outbox.adopt(EPOCH, server.head(), [{ from: 3, to: 4 }])).rejects.toThrow('full');
  expect(outbox.isThrough()).toBe(false);
  await expect(outbox.run()).rejects.toThrow('full');
  full = false;
  await outbox.run();
  expect([onServer(), outbox.isThrough()]).toEqual([upTo(6), true]);
});

test('[SYNC30] entries that were acknowledged wait again from a seq on when somebody says so; those that wait do already', async () => {
  await write(5);
  const outbox = open();
  await outbox.sendAgain(2);
  expect(outbox.waiting()).toBe(5);
  await outbox.run();
  server.lose(3, 5);
  await outbox.sendAgain(3);
  expect([outbox.waiting(), acknowledged.head.seq]).toEqual([3, 2]);
  await outbox.run();
  expect([onServer(), acknowledged.head.seq, posts.at(-1)?.resent]).toEqual([upTo(5), 5, 5]);
  await outbox.sendAgain(9);
  expect(outbox.waiting()).toBe(0);
});

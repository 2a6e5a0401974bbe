import { beforeEach, expect, test } from 'vitest';
import { EMPTY_HEAD } from '../../schema/chain.ts';
import type { BodyOf, DeviceEntry } from '../../schema/entry/entry.ts';
import type { BranchId, DeviceId, EntryId, PersonId } from '../../schema/ids.ts';
import type { EntryVerdict, JournalPushAnswer } from '../../schema/protocol/push.ts';
import { fail, ok, type Result } from '../../schema/result.ts';
import { createFindings, type Finding, type Findings } from '../store/findings.ts';
import { createJournal, type Journal } from '../store/journal.ts';
import { createTailKeeper } from '../store/journal-tail.ts';
import { createMemoryShelf } from '../store/memory-shelf.ts';
import { createMemoryVault } from '../store/memory-vault.ts';
import type { Shelf } from '../store/shelf.ts';
import type { Acknowledged } from '../store/vault.ts';
import type { Http, NetFault } from './http.ts';
import { createJournalOutbox, type JournalOutbox } from './journal-outbox.ts';
import { createManualTimers } from './manual-timers.ts';

const owner = { deviceId: 'd'.repeat(16) as DeviceId, branch: 'utama' as BranchId };
const EPOCH = { n: 1, id: '1'.repeat(16) };
const LATER = { n: 2, id: '2'.repeat(16) };
const OFFLINE: NetFault = { kind: 'offline', text: 'no answer' };

type Answer = Result<JournalPushAnswer, NetFault>;
type Network = (send: () => JournalPushAnswer, rows: readonly DeviceEntry[]) => Answer;

/** The little of a server that an outbox sees: a chain per device, a verdict per row. */
function createServer() {
  const held: DeviceEntry[] = [];
  let epoch = EPOCH;
  const take = (row: DeviceEntry): EntryVerdict => {
    const { id, hash } = row;
    const same = held[row.seq - 1];
    if (same) return { id, hash, verdict: same.hash === hash ? 'duplicate' : 'forked' };
    if (row.seq === held.length + 1) held.push(row);
    return { id, hash, verdict: row.at === POISON_AT ? 'quarantined' : 'accepted' };
  };
  const head = () => held.at(-1) ?? EMPTY_HEAD;
  return {
    held,
    head,
    push: (rows: readonly DeviceEntry[]): JournalPushAnswer => {
      const verdicts = rows.map(take);
      return { epoch, head: { seq: head().seq, hash: head().hash }, verdicts };
    },
    /** Yesterday's backup: only the first entries, in a new epoch. */
    restore: (seq: number) => {
      held.length = seq;
      epoch = LATER;
    },
  };
}

/** The device time of an entry that this server cannot read. */
const POISON_AT = 666;

let server: ReturnType<typeof createServer>;
let network: Network;
let shelf: Shelf<DeviceEntry>;
let journal: Journal;
let findings: Findings;
let acknowledged: Acknowledged;
let quarantined: EntryId[];
let faults: string[];
let posts: number[];
let now: number;

beforeEach(async () => {
  server = createServer();
  network = (send) => ok(send());
  findings = createFindings(createMemoryShelf<Finding>('id'), () => 1);
  shelf = createMemoryShelf<DeviceEntry>('id');
  now = 1;
  journal = openJournal();
  acknowledged = { epoch: EPOCH, head: EMPTY_HEAD };
  quarantined = [];
  faults = [];
  posts = [];
});

function openJournal(): Journal {
  const nothing = () => undefined;
  const world = { timers: createManualTimers(), clock: () => now, onEntry: nothing, onSuperseded: nothing };
  const signer = { sign: async () => 'A'.repeat(86) };
  return createJournal({ ...world, shelf, signer, owner, findings, tail: createTailKeeper(createMemoryVault()) });
}

function open(rowsMax = 200): JournalOutbox {
  const request = async (_method: string, _path: string, body: unknown) => {
    const rows = (body as { entries: DeviceEntry[] }).entries;
    posts.push(rows.length);
    return network(() => server.push(structuredClone(rows)), rows) as never;
  };
  return createJournalOutbox({
    journal,
    http: { request, abort: () => undefined } as Http,
    findings,
    held: () => acknowledged,
    keep: async (next) => {
      acknowledged = next;
    },
    rowsMax: () => rowsMax,
    onQuarantined: (ids) => quarantined.push(...ids),
    onSent: () => undefined,
    onFault: ({ text }) => faults.push(text),
  });
}

async function write(count: number): Promise<void> {
  const body = { reason: 'x', lines: [{ productId: 'p', delta: 1 }] } as unknown as BodyOf<'adjust'>;
  for (let made = 0; made < count; made += 1) await journal.append('adjust', 'budi' as PersonId, () => body);
}

const onServer = () => server.held.map(({ seq }) => seq);
const upTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

test('[SYNC2] everything waits, goes in order in batches, and waits no more', async () => {
  await write(7);
  const outbox = open(3);
  expect(outbox.waiting().map(({ seq }) => seq)).toEqual(upTo(7));
  expect(await outbox.run()).toEqual({ done: true });
  expect([onServer(), posts, outbox.waiting()]).toEqual([upTo(7), [3, 3, 1], []]);
});

test('[SYNC1] entries dated 1970 after entries of tomorrow are sent like any other, over a restart', async () => {
  for (const at of [9_999_999_999_999, 0, -5, 1_700_000_000_000]) {
    now = at;
    await write(1);
    await open().run();
  }
  expect(onServer()).toEqual(upTo(4));
  expect(acknowledged.head.seq).toBe(4);
});

test('[F6] a response lost after the commit: sent again, a duplicate is success', async () => {
  await write(3);
  network = (send) => {
    send();
    return fail(OFFLINE);
  };
  expect(await open().run()).toMatchObject({ done: false });
  expect([server.held.length, acknowledged.head.seq]).toEqual([3, 0]);
  network = (send) => ok(send());
  expect(await open().run()).toEqual({ done: true });
  expect([onServer(), acknowledged.head.seq]).toEqual([upTo(3), 3]);
});

test('[SYNC1] [F10] entries that the disk has lost hold back none of those behind them', async () => {
  await write(6);
  const whole = await shelf.find({});
  shelf = createMemoryShelf<DeviceEntry>('id');
  for (const entry of whole) if (entry.seq !== 1 && entry.seq !== 4) await shelf.insert(entry);
  journal = openJournal();
  await journal.load();
  const sent: number[] = [];
  network = (send, rows) => {
    sent.push(...rows.map(({ seq }) => seq));
    return ok(send());
  };
  expect(await open(2).run()).toEqual({ done: true });
  await write(1);
  expect(await open(2).run()).toEqual({ done: true });
  expect([sent, acknowledged.head.seq]).toEqual([[2, 3, 5, 6, 7], 7]);
});

test('[I3] an answer that leaves a row out, or names it with another hash, acknowledges nothing behind it', async () => {
  await write(4);
  network = (send) => {
    const answer = send();
    return ok({ ...answer, verdicts: answer.verdicts.filter(({ id }) => !id.endsWith('2')) });
  };
  await open().run();
  expect(acknowledged.head.seq).toBe(1);
  network = (send) => {
    const answer = send();
    return ok({ ...answer, verdicts: answer.verdicts.map((verdict) => ({ ...verdict, hash: 'f'.repeat(64) })) });
  };
  expect(await open().run()).toMatchObject({ done: false });
  expect(acknowledged.head.seq).toBe(1);
});

test('[SYNC4] an answer without verdicts acknowledges nothing, whatever its head says', async () => {
  await write(2);
  network = (send) => ok({ ...send(), verdicts: [] });
  expect(await open().run()).toMatchObject({ done: false });
  expect(acknowledged.head.seq).toBe(0);
});

test('[F17] a row that cannot be read is quarantined, written down, and holds back no other', async () => {
  await write(1);
  now = POISON_AT;
  await write(1);
  now = 1;
  await write(2);
  expect(await open().run()).toEqual({ done: true });
  const [poison] = await journal.read(2, 2);
  expect([acknowledged.head.seq, quarantined]).toEqual([4, [poison?.id]]);
  expect(await findings.about('quarantined')).toMatchObject([{ about: poison?.id }]);
});

test('[SYNC2] a body that is too large is halved until it passes', async () => {
  await write(9);
  network = (send, rows) =>
    rows.length > 2 ? fail({ kind: 'refused', code: 'too-large', text: 'too large', retryAfterMs: null }) : ok(send());
  expect(await open().run()).toEqual({ done: true });
  expect(onServer()).toEqual(upTo(9));
});

test('[SYNC2] one row that no request can carry is written down, and is tried again later', async () => {
  await write(1);
  network = () => fail({ kind: 'refused', code: 'too-large', text: 'too large', retryAfterMs: null });
  expect(await open().run()).toEqual({ done: false });
  expect(await findings.about('too-large')).toHaveLength(1);
});

test('[SYNC8] a line too slow for a batch is given a smaller one', async () => {
  await write(40);
  network = (send, rows) => (rows.length > 10 ? fail(OFFLINE) : ok(send()));
  const outbox = open();
  for (let tries = 0; tries < 8; tries += 1) await outbox.run();
  expect(onServer()).toEqual(upTo(40));
});

test('[SYNC5] the server may ask for a pause', async () => {
  await write(1);
  network = () => fail({ kind: 'refused', code: 'too-many', text: 'slowly', retryAfterMs: 9_000 });
  expect(await open().run()).toEqual({ done: false, notBeforeMs: 9_000 });
  expect(faults).toEqual(['slowly']);
});

test('[F12] in a new epoch only what its head lacks waits again', async () => {
  await write(6);
  const outbox = open();
  await outbox.run();
  server.restore(4);
  await write(1);
  expect(await outbox.run()).toEqual({ done: true });
  expect([onServer(), acknowledged.epoch, acknowledged.head.seq]).toEqual([upTo(7), LATER, 7]);
});

test('[F12] a head that is no entry of this journal: everything is sent again', async () => {
  await write(3);
  const outbox = open();
  await outbox.run();
  await outbox.adopt(LATER, { seq: 2, hash: 'f'.repeat(64) as never });
  expect(outbox.waiting()).toHaveLength(3);
  await outbox.adopt(LATER, server.head());
  expect(outbox.waiting()).toHaveLength(3);
});

test('[SYNC2] entries written while a post is under way follow it', async () => {
  await write(2);
  let written = false;
  const slow = async (send: () => JournalPushAnswer): Promise<Answer> => {
    if (!written) await write(1);
    written = true;
    return ok(send());
  };
  network = slow as unknown as Network;
  expect(await open().run()).toEqual({ done: true });
  expect([onServer(), posts]).toEqual([upTo(3), [2, 1]]);
});

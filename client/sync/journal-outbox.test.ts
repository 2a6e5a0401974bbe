import { beforeEach, expect, test } from 'vitest';
import { EMPTY_HEAD } from '../../schema/chain.ts';
import type { BodyOf, DeviceEntry } from '../../schema/entry/entry.ts';
import { type BranchId, type DeviceId, type EntryId, type PersonId, splitEntryId } from '../../schema/ids.ts';
import type { JournalPushAnswer } from '../../schema/protocol/push.ts';
import { fail, ok, type Result } from '../../schema/result.ts';
import { createFindings, type Finding, type Findings } from '../store/findings.ts';
import { createJournal, type Journal } from '../store/journal.ts';
import { createTailKeeper } from '../store/journal-tail.ts';
import { createMemoryShelf } from '../store/memory-shelf.ts';
import { createMemoryVault } from '../store/memory-vault.ts';
import type { Shelf } from '../store/shelf.ts';
import type { Acknowledged, Vault } from '../store/vault.ts';
import { isAcknowledged, REFUSED_MAX } from './acknowledgement.ts';
import type { NetFault } from './http.ts';
import { createJournalOutbox, type JournalOutbox, type NamedHead } from './journal-outbox.ts';
import { createManualTimers } from './manual-timers.ts';
import { createOutboxServer, EPOCH, LATER, type OutboxServer, POISON_AT } from './outbox-server.ts';
import type { PostEntries } from './push-door.ts';

const owner = { deviceId: 'd'.repeat(16) as DeviceId, branch: 'utama' as BranchId };
const TOO_LARGE: NetFault = { kind: 'refused', code: 'too-large', text: 'too large', retryAfterMs: null };
const OFFLINE: NetFault = { kind: 'offline', text: 'no answer' };

interface Body {
  readonly entries: readonly Record<string, unknown>[];
  readonly signatures: readonly { readonly id: string; readonly signature: string }[];
  readonly certificates?: readonly string[];
  readonly oldestHeld?: number;
  readonly resent?: number;
}
type Answer = Result<JournalPushAnswer, NetFault>;
type Network = (send: () => JournalPushAnswer, rows: readonly DeviceEntry[]) => Answer;

let server: OutboxServer;
let network: Network;
let shelf: Shelf<DeviceEntry>;
let journal: Journal;
let findings: Findings;
let acknowledged: Acknowledged;
let quarantined: EntryId[];
let faults: string[];
let posts: number[];
let bodies: Body[];
let keyWorks: boolean;
let vault: Vault;
let headAnswer: () => Result<NamedHead, NetFault>;
let now: number;

beforeEach(async () => {
  server = createOutboxServer();
  network = (send) => ok(send());
  findings = createFindings(createMemoryShelf<Finding>('id'), () => 1);
  shelf = createMemoryShelf<DeviceEntry>('id');
  now = 1;
  vault = createMemoryVault();
  journal = openJournal();
  acknowledged = { epoch: EPOCH, head: EMPTY_HEAD };
  quarantined = [];
  faults = [];
  posts = [];
  headAnswer = () => ok({ epoch: EPOCH, head: server.head() });
  bodies = [];
  keyWorks = true;
});

const signer = {
  sign: async (text: string) => {
    if (!keyWorks) throw new Error('no key');
    return `signed ${text.split('\n')[1]}`;
  },
};

function openJournal(): Journal {
  const nothing = () => undefined;
  const world = { timers: createManualTimers(), clock: () => now, onEntry: nothing, onSuperseded: nothing };
  return createJournal({ ...world, shelf, signer, owner, findings, tail: createTailKeeper(vault) });
}

const keepAtOnce = async (next: Acknowledged) => {
  acknowledged = next;
};

function open(rowsMax = 200, keep: (next: Acknowledged) => Promise<void> = keepAtOnce): JournalOutbox {
  const post: PostEntries = async (body) => {
    const rows = body.entries as DeviceEntry[];
    posts.push(rows.length);
    bodies.push(structuredClone(body) as Body);
    return network(() => server.push(structuredClone(rows)), rows);
  };
  return createJournalOutbox({
    journal,
    signer,
    certificate: 'own certificate',
    post,
    findings,
    held: () => acknowledged,
    keep,
    rowsMax: () => rowsMax,
    askHead: async () => headAnswer(),
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
  expect(outbox.waiting()).toBe(7);
  expect(await outbox.run()).toEqual({ done: true });
  expect([onServer(), posts, outbox.waiting()]).toEqual([upTo(7), [3, 3, 1], 0]);
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

test.each<[string, number, (entry: DeviceEntry) => object]>([
  ['only its key', 2, ({ id }) => ({ id })],
  ['no hash', 2, (entry) => ({ ...entry, hash: 7 })],
  ['another hash', 2, (entry) => ({ ...entry, hash: 'f'.repeat(64) })],
  ['only its key, the last one', 4, ({ id }) => ({ id })],
  ['only its key, the first one', 1, ({ id }) => ({ id })],
])(
  '[SYNC1] [F10] a row of which the disk left %s goes as its place in the chain, and holds back nothing',
  async (_name, seq, damage) => {
    await write(4);
    const [sound] = await journal.read(seq, seq);
    if (sound) await shelf.replace(damage(sound) as DeviceEntry);
    journal = openJournal();
    await journal.load();
    await write(2);
    expect(await open().run()).toEqual({ done: true });
    expect(bodies).toHaveLength(1);
    const sent = (bodies[0]?.entries ?? []) as unknown as DeviceEntry[];
    expect(sent[seq - 1]).toMatchObject({ id: sound?.id, hash: sound?.hash, stub: true });
    expect(sent.slice(1).map(({ prev }) => prev)).toEqual(sent.slice(0, -1).map(({ hash }) => hash));
    expect(acknowledged.head.seq).toBe(6);
    expect(quarantined).toEqual([sound?.id]);
  },
);

test('[SYNC2] a body that is too large is halved until it passes', async () => {
  await write(9);
  network = (send, rows) =>
    rows.length > 2 ? fail({ kind: 'refused', code: 'too-large', text: 'too large', retryAfterMs: null }) : ok(send());
  expect(await open().run()).toEqual({ done: true });
  expect(onServer()).toEqual(upTo(9));
});

test('[SYNC14] one row that no request can carry travels as its signed chain stub, and is shown', async () => {
  await write(3);
  const isLarge = (row: object) => splitEntryId((row as DeviceEntry).id).seq === 2 && !('stub' in row);
  network = (send, rows) =>
    rows.some(isLarge)
      ? fail({ kind: 'refused', code: 'too-large', text: 'too large', retryAfterMs: null })
      : ok(send());
  expect(await open().run()).toEqual({ done: true });
  const [large] = await journal.read(2, 2);
  const { id, prev, hash } = large as DeviceEntry;
  const stub = bodies.flatMap(({ entries }) => entries).find((row) => 'stub' in row);
  expect(stub).toEqual({ id, prev, hash, stub: true, bytes: expect.any(Number) });
  expect(bodies.flatMap(({ signatures }) => signatures)).toContainEqual({ id, hash, signature: `signed ${id}` });
  expect(await findings.about('too-large')).toMatchObject([{ about: id }]);
  expect([onServer(), quarantined, acknowledged.head.seq]).toEqual([upTo(3), [id], 3]);
});

test('[SYNC14] the text of a stub is offered again at each start, and when it passes the server has it', async () => {
  await write(2);
  const isLarge = (row: object) => splitEntryId((row as DeviceEntry).id).seq === 1 && !('stub' in row);
  const limited: Network = (send, rows) => (rows.some(isLarge) ? fail(TOO_LARGE) : ok(send()));
  network = limited;
  await open().run();
  expect([acknowledged.stubs, acknowledged.head.seq]).toEqual([[1], 2]);
  const outbox = open();
  expect([await outbox.run(), outbox.isThrough()]).toEqual([{ done: true }, true]);
  expect([acknowledged.stubs, outbox.waiting()]).toEqual([[1], 0]);
  expect([1, 2].map((seq) => isAcknowledged(acknowledged, seq))).toEqual([false, true]);
  network = (send) => ok(send());
  await open().run();
  expect(bodies.at(-1)?.entries).toMatchObject([{ seq: 1, kind: 'adjust' }]);
  expect(acknowledged.stubs).toEqual([]);
});

test('[SYNC14] [SYNC4] a proxy’s 413 is believed the third time, of one row alone', async () => {
  await write(2);
  const isLarge = (row: object) => splitEntryId((row as DeviceEntry).id).seq === 1 && !('stub' in row);
  const proxy: NetFault = { kind: 'not-the-server', status: 413, text: 'an answer that is not the server’s' };
  network = (send, rows) => (rows.some(isLarge) ? fail(proxy) : ok(send()));
  const outbox = open();
  // Both rows together once, then the first alone.
  for (let tries = 0; tries < 3; tries += 1) expect(await outbox.run()).toMatchObject({ done: false });
  expect(onServer()).toEqual([]);
  expect(await outbox.run()).toEqual({ done: true });
  expect([onServer(), acknowledged.stubs]).toEqual([upTo(2), [1]]);
});

test('[SYNC14] a stub that no request can carry either waits, and is tried again later', async () => {
  await write(1);
  network = () => fail({ kind: 'refused', code: 'too-large', text: 'too large', retryAfterMs: null });
  expect(await open().run()).toEqual({ done: false });
});

test('[SYNC12] [ENT16] a run ends with a signature, also where it was written without; the disk keeps what it has', async () => {
  keyWorks = false;
  await write(3);
  keyWorks = true;
  await open(2).run();
  expect(bodies.map(({ signatures }) => signatures.map(({ id }) => splitEntryId(id as EntryId).seq))).toEqual([
    [2],
    [3],
  ]);
  expect((await shelf.find({})).some((entry) => 'signature' in entry)).toBe(false);
  await write(1);
  await open().run();
  expect(bodies.at(-1)?.entries.some((row) => 'signature' in row)).toBe(false);
});

test('[SYNC12] [F10] what stands before a damaged row or a stub is signed, because neither vouches for it', async () => {
  keyWorks = false;
  await write(5);
  keyWorks = true;
  const [sound] = await journal.read(3, 3);
  await shelf.replace({ ...(sound as DeviceEntry), at: 5 });
  journal = openJournal();
  await journal.load();
  await open().run();
  expect(bodies[0]?.signatures.map(({ id }) => splitEntryId(id as EntryId).seq)).toEqual([2, 5]);
});

test('[SYNC12] rows with a gap between them are signed before it and at the end', async () => {
  keyWorks = false;
  await write(5);
  const whole = await shelf.find({});
  shelf = createMemoryShelf<DeviceEntry>('id');
  for (const entry of whole) if (entry.seq !== 3) await shelf.insert(entry);
  journal = openJournal();
  await journal.load();
  keyWorks = true;
  await open().run();
  expect(bodies[0]?.signatures.map(({ id }) => splitEntryId(id as EntryId).seq)).toEqual([2, 5]);
});

test('[SYNC12] the certificate goes with the first post, and what is no longer held is said', async () => {
  await write(4);
  const whole = await shelf.find({});
  shelf = createMemoryShelf<DeviceEntry>('id');
  for (const entry of whole) if (entry.seq > 2) await shelf.insert(entry);
  journal = openJournal();
  await journal.load();
  await open(1).run();
  expect(bodies.map(({ certificates, oldestHeld }) => [certificates, oldestHeld])).toEqual([
    [['own certificate'], 3],
    [undefined, 3],
  ]);
});

test('[SYNC13] a refused row holds back none of the others, however many; it waits, and is offered again at a start', async () => {
  await write(450);
  server.refusing.add(1);
  const outbox = open();
  expect(await outbox.run()).toEqual({ done: true });
  expect([server.held.length, acknowledged.head.seq, acknowledged.refused]).toEqual([449, 450, [1]]);
  expect(outbox.waiting()).toBe(1);
  expect(await findings.about('refused')).toHaveLength(1);
  const before = posts.length;
  await write(1);
  await outbox.run();
  expect([posts.length - before, outbox.isThrough()]).toEqual([1, true]);
  server.refusing.clear();
  expect(await open().run()).toEqual({ done: true });
  expect([acknowledged.refused, acknowledged.head.seq, server.held.length]).toEqual([[], 451, 451]);
});

test('[SYNC13] [SYNC16] in a new epoch a refused row is offered again, and what was acknowledged before is said', async () => {
  await write(4);
  server.refusing.add(2);
  const outbox = open();
  await outbox.run();
  server.restore(1);
  await write(1);
  await outbox.run();
  expect(bodies.at(-1)).toMatchObject({ resent: 4, certificates: ['own certificate'] });
  expect([acknowledged.refused, acknowledged.head.seq, acknowledged.resent]).toEqual([[2], 5, 4]);
  await write(1);
  await outbox.run();
  expect(bodies.at(-1)?.resent).toBeUndefined();
});

test('[SYNC13] [I3] a head that stands above a refused row says nothing of it: it waits in the new epoch too', async () => {
  await write(5);
  server.refusing.add(2);
  const outbox = open();
  await outbox.run();
  // A person declared the missing one lost: the head of the restored history stands behind it.
  const head = { seq: 5, hash: journal.index.head().hash };
  await outbox.adopt(LATER, head);
  expect([acknowledged.head.seq, acknowledged.refused]).toEqual([5, [2]]);
  expect([outbox.waiting(), acknowledged.refused]).toEqual([1, [2]]);
  expect(isAcknowledged(acknowledged, 2)).toBe(false);
  server.refusing.clear();
  await outbox.run();
  expect(bodies.at(-1)?.entries).toMatchObject([{ seq: 2 }]);
});

test('[SYNC13] when the server refuses everything, nothing is let go: sending stops and goes on trying', async () => {
  await write(REFUSED_MAX + 5);
  for (const seq of upTo(REFUSED_MAX + 5)) server.refusing.add(seq);
  expect(await open().run()).toMatchObject({ done: false });
  expect([acknowledged.head.seq, acknowledged.refused?.length]).toEqual([REFUSED_MAX, REFUSED_MAX]);
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

test('[SYNC24] a server that was set back within its epoch names a lower head: what it lost is sent again, and told as such', async () => {
  await write(6);
  const outbox = open();
  await outbox.run();
  server.setBack(2);
  await outbox.adopt(EPOCH, server.head());
  expect(outbox.isThrough()).toBe(false);
  await outbox.run();
  expect([onServer(), acknowledged.head.seq, bodies.at(-1)?.resent]).toEqual([upTo(6), 6, 6]);
});

test('[SYNC24] a lower head that was said before the last acknowledgement loses nothing and sends nothing', async () => {
  await write(6);
  const outbox = open();
  await outbox.run();
  const before = acknowledged;
  await outbox.adopt(EPOCH, { seq: 2, hash: 'f'.repeat(64) as never });
  headAnswer = () => fail(OFFLINE);
  expect(await outbox.run()).toEqual({ done: false, notBeforeMs: 0 });
  headAnswer = () => ok({ epoch: EPOCH, head: server.head() });
  expect([await outbox.run(), acknowledged, posts]).toEqual([{ done: true }, before, [6]]);
});

test('[SYNC2] [F12] an answer that comes while a new history is being written down takes nothing of it back', async () => {
  await write(2);
  let disk = Promise.resolve();
  const outbox = open(200, (next) => {
    disk = disk.then(async () => {
      await new Promise(setImmediate);
      acknowledged = next;
    });
    return disk;
  });
  await Promise.all([outbox.adopt(LATER, EMPTY_HEAD), outbox.run()]);
  expect(acknowledged.epoch).toEqual(LATER);
});

test('[SYNC24] the same or a greater head asks for nothing, nor does one held up by a refused entry', async () => {
  await write(4);
  server.refusing.add(2);
  const outbox = open();
  await outbox.run();
  const before = acknowledged;
  await outbox.adopt(EPOCH, server.head());
  await outbox.adopt(EPOCH, { seq: 9, hash: 'f'.repeat(64) as never });
  expect(acknowledged).toBe(before);
});

test('[F14] entries that were filed as a fork count under its id, and no more as this device’s own', async () => {
  await write(2);
  server.held.push({ ...(await journal.read(2, 2))[0], hash: 'f'.repeat(64) } as never);
  await open().run();
  expect(quarantined).toEqual([(await journal.read(2, 2))[0]?.id]);
});

test('[F12] a head that is no entry of this journal: everything is sent again', async () => {
  await write(3);
  const outbox = open();
  await outbox.run();
  await outbox.adopt(LATER, { seq: 2, hash: 'f'.repeat(64) as never });
  expect(outbox.waiting()).toBe(3);
  await outbox.adopt(LATER, server.head());
  expect(outbox.waiting()).toBe(3);
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

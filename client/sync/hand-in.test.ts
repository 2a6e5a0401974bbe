import { beforeEach, expect, test } from 'vitest';
import { EMPTY_HEAD, sealEntry } from '../../schema/chain.ts';
import type { BodyOf, DeviceEntry, Head } from '../../schema/entry/entry.ts';
import { type BranchId, type DeviceId, entryId, type PersonId, splitEntryId } from '../../schema/ids.ts';
import type { BranchEntry } from '../../schema/protocol/pull.ts';
import type { EntryVerdict } from '../../schema/protocol/push.ts';
import { fail, ok } from '../../schema/result.ts';
import { createBranchJournal } from '../store/branch-journal.ts';
import { createMemoryShelf } from '../store/memory-shelf.ts';
import type { Shelf } from '../store/shelf.ts';
import { type HandedIn, type HandInDeps, handIn } from './hand-in.ts';
import { signedRuns } from './hand-in-runs.ts';
import type { NetFault } from './http.ts';

const EPOCH = { n: 2, id: '2'.repeat(16) };
const [A, B] = ['a'.repeat(16), 'b'.repeat(16)] as [DeviceId, DeviceId];
const OFFLINE: NetFault = { kind: 'offline', text: 'no answer' };

interface Body {
  readonly entries: readonly DeviceEntry[];
  readonly signatures: readonly { readonly id: string }[];
  readonly certificates?: readonly string[];
}

let shelf: Shelf<BranchEntry>;
let bodies: Body[];
let judge: (row: DeviceEntry) => EntryVerdict['verdict'];
let network: (body: Body) => NetFault | null;
let headsNow: Record<string, Head>;
let mayGoOn: boolean;
let forked: string[];
let refused: string[];
let handedIn: number;

beforeEach(() => {
  shelf = createMemoryShelf<BranchEntry>('id');
  bodies = [];
  judge = () => 'accepted';
  network = () => null;
  headsNow = {};
  mayGoOn = true;
  forked = [];
  refused = [];
  handedIn = 0;
});

/** Entries of a device as this one pulled them; some without a signature, some unreadable to the server. */
async function hold(
  deviceId: DeviceId,
  count: number,
  change: (seq: number) => Partial<BranchEntry> = () => ({}),
): Promise<BranchEntry[]> {
  const held: BranchEntry[] = [];
  let head: Head = EMPTY_HEAD;
  for (let seq = 1; seq <= count; seq += 1) {
    const body = { reason: 'x', lines: [{ productId: 'p', delta: 1 }] } as unknown as BodyOf<'adjust'>;
    const branch = 'utama' as BranchId;
    const entry = sealEntry({ deviceId, branch, person: 'x' as PersonId, at: 1, kind: 'adjust', body }, head);
    head = entry;
    const { id, kind, at, hash } = entry;
    const row = { id, deviceId, seq, branch, kind, at, hash, receivedAt: seq, verdict: 'accepted', flags: [] } as const;
    held.push({ ...row, entry: { ...entry }, signature: `s${seq}`, ...change(seq) } as unknown as BranchEntry);
  }
  for (const row of held) await shelf.insert(row);
  return held;
}

function run(heads: Record<string, Head> = {}, change: Partial<HandInDeps> = {}, lacking?: object): Promise<HandedIn> {
  const request = async (_method: string, _path: string, body: Body) => {
    const fault = network(body);
    if (fault) return fail(fault);
    bodies.push(structuredClone(body));
    const verdicts = body.entries.map((row) => ({ id: row.id, hash: row.hash, verdict: judge(row) }));
    return ok({ epoch: EPOCH, head: EMPTY_HEAD, verdicts, heads: headsNow });
  };
  const deps: HandInDeps = {
    http: { request: request as never },
    random: { number: () => 0 },
    epoch: () => EPOCH,
    others: () => [
      { deviceId: A, certificate: 'certificate of a' },
      { deviceId: B, certificate: undefined },
    ],
    read: createBranchJournal(shelf).after,
    mayGoOn: () => mayGoOn,
    rowsMax: () => 3,
    findings: { report: async (_kind, about) => void refused.push(about) },
    onHandedIn: (rows) => {
      handedIn += rows;
    },
    onMoved: async ({ id }) => void forked.push(id),
    onFault: () => undefined,
    ...change,
  };
  return handIn(deps, { heads, ...(lacking ? { lacking } : {}) } as never);
}

const sent = (device: DeviceId) =>
  bodies
    .flatMap(({ entries }) => entries)
    .map(({ id }) => splitEntryId(id))
    .flatMap(({ deviceId, seq }) => (deviceId === device ? [seq] : []));

test('[SYNC17] [F27] what lies above the server’s head is handed in, in order, with signatures and the certificate', async () => {
  const held = await hold(A, 5);
  await hold(B, 2);
  expect(await run({ [A]: { seq: 1, hash: held[0]?.hash as never } })).toEqual({ done: true });
  expect([sent(A), sent(B), handedIn]).toEqual([[2, 3, 4, 5], [1, 2], 6]);
  expect(bodies[0]).toMatchObject({ certificates: ['certificate of a'], signatures: [{}, {}, {}] });
  expect(bodies[0]?.entries[0]).toEqual(held[1]?.entry);
  expect(bodies.at(-1)?.certificates).toBeUndefined();
});

test('[SYNC17] [SYNC18] what is held under a fork’s id and counts as its author’s own in this history is let go at that id', async () => {
  const rows = await hold(A, 3);
  const asFork = rows.map((row) => ({ ...row, id: entryId(B, row.seq), deviceId: B }));
  const read: HandInDeps['read'] = async (device, above) =>
    (device === B ? asFork : []).filter(({ seq }) => seq > above);
  judge = ({ id }) => (splitEntryId(id).seq === 2 ? 'forked' : 'duplicate');
  expect(await run({}, { read })).toEqual({ done: true });
  expect(forked).toEqual([entryId(B, 1), entryId(B, 3)]);
});

test('[SYNC17] rows without a signature go under a later one of their run, and what stands behind the last stays', async () => {
  await hold(A, 8, (seq) => (seq === 4 || seq === 6 ? {} : { signature: undefined }));
  expect(await run()).toEqual({ done: true });
  // Pages of three: nothing vouches for the first three within one post.
  expect(sent(A)).toEqual([4, 5, 6]);
  bodies = [];
  await run({}, { rowsMax: () => 200 });
  expect(sent(A)).toEqual([1, 2, 3, 4, 5, 6]);
});

test('[SYNC17] a row whose text only the server had breaks a run: before it a signature of its own is needed', async () => {
  const held = await hold(A, 6, (seq) => ({
    ...(seq === 3 ? { entry: undefined } : {}),
    ...(seq === 5 ? {} : { signature: undefined }),
  }));
  expect(signedRuns(held).map(({ id }) => splitEntryId(id).seq)).toEqual([4, 5]);
});

test('[SYNC17] where others handed in meanwhile it goes on behind the head; duplicates are success', async () => {
  await hold(A, 9);
  judge = () => 'duplicate';
  headsNow = { [A]: { seq: 8, hash: 'f'.repeat(64) as never } };
  expect(await run()).toEqual({ done: true });
  expect([sent(A), handedIn]).toEqual([[1, 2, 3, 9], 0]);
});

test('[SYNC17] [F14] where another entry stands at the server’s head, all that is held of that device is offered', async () => {
  const held = await hold(A, 4);
  await run({ [A]: { seq: 3, hash: held[2]?.hash as never } });
  expect(sent(A)).toEqual([4]);
  bodies = [];
  headsNow = { [A]: { seq: 3, hash: 'f'.repeat(64) as never } };
  await run(headsNow, { rowsMax: () => 2 });
  expect(sent(A)).toEqual([1, 2, 3, 4]);
});

test('[SYNC17] own entries come first: it stops between two posts and begins again later', async () => {
  await hold(A, 9);
  judge = () => {
    mayGoOn = false;
    return 'accepted';
  };
  expect(await run()).toBe('interrupted');
  expect(sent(A)).toEqual([1, 2, 3]);
});

test('[SYNC17] what the server refuses stays here and is shown; a fork it filed elsewhere is told', async () => {
  await hold(A, 3);
  judge = ({ seq }) => (seq === 2 ? 'refused' : seq === 3 ? 'forked' : 'accepted');
  expect(await run()).toEqual({ done: true });
  expect([refused, forked].map((ids) => ids.map((id) => splitEntryId(id as never).seq))).toEqual([[2], [3]]);
});

test('[F3] a failed post is tried again from the server’s heads, and less at once when it is too large', async () => {
  await hold(A, 3);
  network = () => OFFLINE;
  expect(await run()).toEqual({ done: false });
  network = ({ entries }) =>
    entries.length > 1 ? { kind: 'refused', code: 'too-large', text: 'large', retryAfterMs: null } : null;
  expect(await run()).toEqual({ done: true });
  expect(sent(A)).toEqual([1, 2, 3]);
  network = () => ({ kind: 'refused', code: 'too-many', text: 'slowly', retryAfterMs: 7_000 });
  expect(await run()).toEqual({ done: false, notBeforeMs: 7_000 });
});

test('[SYNC17] an answer of another history ends it: that one is followed first', async () => {
  await hold(A, 3);
  expect(await run({}, { epoch: () => ({ n: 3, id: '3'.repeat(16) }) })).toBe('interrupted');
});

test('[SYNC25] [F12] what is missing below the head is handed in too, where it is held', async () => {
  const held = await hold(A, 12);
  headsNow = { [A]: { seq: 11, hash: held[10]?.hash as never } };
  const missing = [
    { from: 2, to: 5 },
    { from: 9, to: 9 },
  ];
  expect(await run(headsNow, { rowsMax: () => 2 }, { [A]: missing })).toEqual({ done: true });
  // By whole posts: a row behind the stretch may bring the signature for those in it.
  expect(sent(A)).toEqual([2, 3, 4, 5, 9, 10, 12]);
});

test('[SYNC25] what nobody holds is passed by', async () => {
  await hold(A, 3);
  headsNow = { [A]: { seq: 9, hash: 'f'.repeat(64) as never } };
  expect(await run(headsNow, {}, { [A]: [{ from: 5, to: 8 }] })).toEqual({ done: true });
  expect(sent(A)).toEqual([]);
});

import { beforeEach, expect, test } from 'vitest';
import { EMPTY_HEAD } from '../../schema/chain.ts';
import type { DeviceEntry } from '../../schema/entry/entry.ts';
import type { BranchId, DeviceId, PersonId } from '../../schema/ids.ts';
import type { EntryVerdict } from '../../schema/protocol/push.ts';
import { fail, ok } from '../../schema/result.ts';
import { createFindings, type Finding } from '../store/findings.ts';
import { createJournal, type OwnEntry } from '../store/journal.ts';
import { createTailKeeper } from '../store/journal-tail.ts';
import { createMemoryShelf } from '../store/memory-shelf.ts';
import { createMemoryVault } from '../store/memory-vault.ts';
import { leftBehindTask } from './left-behind.ts';
import { createManualTimers } from './manual-timers.ts';

const BEFORE = 'b'.repeat(16) as DeviceId;
const EPOCH = { n: 1, id: '1'.repeat(16) };
const body = { reason: 'x', lines: [{ productId: 'p', delta: 1 }] } as never;

let docs: Map<string, OwnEntry>;
let heads: Record<string, { seq: number; hash: string }>;
let pushed: { entries: DeviceEntry[]; signatures: unknown[]; certificates?: string[] }[];
let online: boolean;

beforeEach(() => {
  docs = new Map();
  heads = {};
  pushed = [];
  online = true;
});

/** A device on this disk; who it is lies in a vault of its own. */
async function openAs(deviceId: DeviceId) {
  const heard: string[] = [];
  const findings = createFindings(createMemoryShelf<Finding>('id'), () => 1);
  const shelf = createMemoryShelf<OwnEntry>('id', { docs });
  const journal = createJournal({
    shelf,
    signer: { sign: async () => 'A'.repeat(86) },
    owner: { deviceId, branch: 'utama' as BranchId },
    findings,
    tail: createTailKeeper(createMemoryVault()),
    timers: createManualTimers(),
    clock: () => 1,
    onEntry: ({ id }) => heard.push(id),
    onSuperseded: () => undefined,
  });
  await journal.load();
  const request = async (_method: string, _path: string, sent: (typeof pushed)[number]) => {
    if (!online) return fail({ kind: 'offline', text: 'no answer' });
    pushed.push(sent);
    const last = sent.entries.at(-1) as DeviceEntry;
    heads = { [BEFORE]: { seq: last.seq, hash: last.hash } };
    const verdicts = sent.entries.map(({ id, hash }): EntryVerdict => ({ id, hash, verdict: 'accepted' }));
    return ok({ epoch: EPOCH, head: EMPTY_HEAD, verdicts, heads });
  };
  const task = leftBehindTask({
    journal,
    shelf,
    http: { request } as never,
    random: { number: () => 0 },
    epoch: () => EPOCH as never,
    certificateOf: () => 'certificate of before',
    askStatus: async () => ok({ epoch: EPOCH, heads }) as never,
    rowsMax: () => 2,
    findings,
    every: () => 1,
    onHandedIn: () => undefined,
    onFault: () => undefined,
  });
  const write = () => journal.append('adjust', 'budi' as PersonId, () => body);
  return { journal, heard, write, findings, handIn: () => task.run(() => true) };
}

// The new device's id sorts before and behind the old one's.
test.each(['a', 'c'])(
  '[F10] a device that enrolled on a disk with another one’s journal (its id begins with %s) has a chain of its own',
  async (letter) => {
    const before = await openAs(BEFORE);
    for (let made = 0; made < 3; made += 1) await before.write();
    const after = await openAs(letter.repeat(16) as DeviceId);
    await after.journal.catchUp();
    const first = await after.write();
    expect([first.seq, first.prev, after.heard]).toEqual([1, EMPTY_HEAD.hash, [first.id]]);
    expect(after.journal.index.after(0)).toHaveLength(1);
    expect(await after.findings.about('chain')).toEqual([]);
    expect(docs.size).toBe(4);
  },
);

test('[F10] [I3] what the device before it left is handed in with its signatures, once, and stays', async () => {
  const before = await openAs(BEFORE);
  for (let made = 0; made < 3; made += 1) await before.write();
  const after = await openAs('a'.repeat(16) as DeviceId);
  await after.write();
  online = false;
  expect(await after.handIn()).toBe(false);
  online = true;
  expect(await after.handIn()).toBe(true);
  expect(pushed.map(({ entries }) => entries.map(({ seq }) => seq))).toEqual([[1, 2], [3]]);
  expect(pushed[0]).toMatchObject({ certificates: ['certificate of before'] });
  expect(pushed.flatMap(({ signatures }) => signatures)).toHaveLength(3);
  expect(pushed.flatMap(({ entries }) => entries).every((entry) => !('signature' in entry))).toBe(true);
  expect(await after.handIn()).toBe(true);
  expect([pushed.length, docs.size]).toEqual([2, 4]);
});

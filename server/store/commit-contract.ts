import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  branchIdShape,
  COMPANY_SCOPE,
  deviceIdShape,
  entryId,
  hashShape,
  scopeShape,
  tillCodeShape,
} from '../../schema/ids.ts';
import type { Commit, Store, StoredEntry, WriteTx } from './store.ts';

const SCOPE = scopeShape.parse('utama');
const DEVICE = deviceIdShape.parse('0123456789abcdef');
const HASH = hashShape.parse('a'.repeat(64));
const EPOCH = { n: 3, id: '0123456789abcdef' };

const doc = (id: string, json = '{}') => ({ id, scope: SCOPE, json });
const entry = (entrySeq: number, kept: Partial<StoredEntry> = {}): StoredEntry => ({
  ...{ id: entryId(DEVICE, entrySeq), deviceId: DEVICE, entrySeq, prev: HASH, hash: HASH, scope: SCOPE, kind: 'sale' },
  ...{ at: 1, json: `{"n":${entrySeq}}`, signature: 's', courier: DEVICE, receivedAt: 1, verdict: 'accepted' },
  ...{ reason: '', flags: ['late'], ...kept },
});

/** What every store says of a commit to those who listen. */
export function commitContract(
  name: string,
  open: () => Promise<{ readonly store: Store; close(): Promise<void> }>,
): void {
  let it: Awaited<ReturnType<typeof open>>;
  let heard: Commit[];
  const write = (work: (tx: WriteTx) => Promise<unknown>) => it.store.write([SCOPE, COMPANY_SCOPE], work);
  /** What is said of the last commit, and what the log says of the same stretch. */
  const bothWays = () => {
    const said = heard.at(-1)?.get(SCOPE);
    return it.store.read(async (tx) => ({
      said,
      log: { after: said?.after, place: await tx.place(SCOPE), epoch: await tx.epoch() },
      changes: await tx.changesAfter({ scope: SCOPE, after: said?.after ?? 0, limit: 10_000 }),
    }));
  };

  beforeEach(async () => {
    it = await open();
    heard = [];
    await write(async (tx) => {
      await tx.addEpoch(EPOCH, 1);
      const device = { deviceId: DEVICE, branch: branchIdShape.parse('utama'), till: tillCodeShape.parse('K1') };
      const rest = { role: 'till', generation: 1, publicKey: '{}', certificate: 'c', credentialHash: 'h' } as const;
      await tx.addDevice({ ...device, ...rest, enrolledAt: 1, forkOf: null });
      for (const id of ['a', 'b']) await tx.putDocument('stock', doc(id));
    });
    it.store.onCommit((commit) => heard.push(commit));
  });
  afterEach(() => it.close());

  test(`[STORE30] ${name}: who listens hears of a commit what the log says of it`, async () => {
    await write(async (tx) => {
      await tx.insertEntry(entry(1));
      await tx.insertEntry(entry(2));
      await tx.putDocument('stock', { ...doc('a', '{"a":1}'), movedBy: DEVICE });
      await tx.putDocument('drafts', doc('new'));
      await tx.putDocument('stock', { ...doc('b', '{"b":1}'), movedBy: DEVICE });
      await tx.putDocument('stock', doc('a', '{"a":2}'));
      await tx.putDocument('company', { id: 'c', scope: COMPANY_SCOPE, json: '{}' });
    });
    const { said, log, changes } = await bothWays();
    expect([...(heard[0]?.keys() ?? [])].sort()).toEqual([COMPANY_SCOPE, SCOPE].sort());
    expect(changes).toHaveLength(5);
    expect(said).toEqual({ after: 2, place: log.place, epoch: EPOCH, changes });
    expect(heard[0]?.get(COMPANY_SCOPE)?.changes).toHaveLength(1);
  });

  test(`[STORE30] ${name}: of what it has not at hand, or too much, it says only where`, async () => {
    const acts: ((tx: WriteTx) => Promise<unknown>)[] = [
      (tx) => tx.insertEntry(entry(1)),
      (tx) => tx.reflagEntry(entryId(DEVICE, 1), []),
      (tx) => tx.insertEntry(entry(2, { verdict: 'quarantined', reason: 'odd', json: '"\ud800"' })),
      (tx) => tx.quarantineEntry(entryId(DEVICE, 1), 'prev'),
      async (tx) => {
        for (let n = 0; n < 600; n += 1) await tx.putDocument('drafts', doc(`d${n}`));
      },
      (tx) => tx.putDocument('stock', doc('a', '{"a":3}')),
    ];
    for (const act of acts) {
      await write(act);
      const { said, log, changes } = await bothWays();
      if (said) expect(said).toEqual({ after: log.after, place: log.place, epoch: EPOCH, changes });
      else expect(heard.at(-1)?.has(SCOPE)).toBe(true);
    }
    expect(heard).toHaveLength(acts.length);
  });

  test(`[STORE30] ${name}: a commit that failed is in no later one`, async () => {
    const failing = write(async (tx) => {
      await tx.putDocument('stock', doc('a', '{"lost":1}'));
      throw new Error('no');
    });
    await failing.catch(() => undefined);
    await write((tx) => tx.putDocument('stock', doc('b', '{"b":9}')));
    const { said, changes } = await bothWays();
    expect(said?.changes).toEqual(changes);
    expect(changes).toHaveLength(1);
  });
}

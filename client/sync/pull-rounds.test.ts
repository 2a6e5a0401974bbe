import { expect, test } from 'vitest';
import type { Epoch } from '../../schema/epoch.ts';
import { fail, ok } from '../../schema/result.ts';
import type { PulledCollection } from '../../schema/roles.ts';
import { createMemoryVault } from '../store/memory-vault.ts';
import type { Vault } from '../store/vault.ts';
import { createAskStatus } from './ask-status.ts';
import type { Http } from './http.ts';
import { createPullRounds } from './pull-rounds.ts';
import type { PageHandler, Replication } from './replication.ts';
import { createSyncBoard } from './sync-board.ts';
import { createSyncMemory } from './sync-memory.ts';

const EPOCH: Epoch = { n: 1, id: 'e'.repeat(16) };
const CHECKPOINT = { epoch: EPOCH, scopes: { '*': { seq: 5, tag: 't', mac: 'm', grant: 'home' } } };

/** Pulls over a disk that can refuse a page, and then the note that it was refused. */
function createTrial() {
  const refusedPages = new Set<PulledCollection>();
  const disk = { full: false };
  const paths: string[] = [];
  const open = new Set<Replication>();
  const whileSettling = { act: async (_collection: PulledCollection): Promise<void> => undefined };
  const memoryVault = createMemoryVault();
  const vault: Vault = {
    ...memoryVault,
    put: async (key, value) => {
      if (disk.full) throw new Error('The disk is full.');
      await memoryVault.put(key, value);
    },
  };
  const request = async (_method: string, path: string) => {
    paths.push(path);
    return ok({ epoch: EPOCH, documents: [], checkpoint: CHECKPOINT, more: false });
  };
  const createReplication = (collection: PulledCollection): Replication => {
    let ask: PageHandler = async () => ({ documents: [], checkpoint: null });
    const replication: Replication = {
      start: async (handler) => {
        ask = handler;
        open.add(replication);
        return null;
      },
      resync: async () => {
        await ask(null, 500);
        return true;
      },
      emit: () => undefined,
      settled: async () => {
        await whileSettling.act(collection);
        return !refusedPages.delete(collection);
      },
      stop: async () => void open.delete(replication),
    };
    return replication;
  };
  const memory = createSyncMemory(vault, EPOCH);
  const rounds = createPullRounds({
    http: { request, abort: () => undefined } as unknown as Http,
    memory,
    board: createSyncBoard(() => 0),
    askStatus: async () => fail({ kind: 'offline', text: 'not asked' }),
    windowDays: () => 45,
    door: () => ({ accept: (documents) => [...documents], acceptLive: () => [] }),
    createReplication,
    followEpoch: async () => true,
    onFault: () => undefined,
    askAgain: () => undefined,
  });
  const pulledFrom = (collection: PulledCollection) => {
    const last = paths.findLast((path) => path.includes(`/${collection}/pull`));
    return last?.includes('checkpoint=') ? 'a checkpoint' : 'the beginning';
  };
  return { rounds, memory, disk, refusedPages, pulledFrom, paths, open, whileSettling };
}

test('[F26] [SYNC6] a page that was lost is pulled again, also when the disk could not even note that it was lost', async () => {
  const { rounds, memory, disk, refusedPages, pulledFrom } = createTrial();
  await memory.load();
  await rounds.start();
  expect(await rounds.run()).toEqual({ done: true });
  await rounds.run();
  expect(pulledFrom('products')).toBe('a checkpoint');
  refusedPages.add('products');
  disk.full = true;
  await expect(rounds.run()).rejects.toThrow('full');
  await expect(rounds.run()).rejects.toThrow('full');
  disk.full = false;
  expect(await rounds.run()).toEqual({ done: true });
  expect(pulledFrom('products')).toBe('the beginning');
  expect(pulledFrom('company')).toBe('a checkpoint');
});

test('[SYNC7] [F26] a collection that is opened anew while sync stops is not left open', async () => {
  const { rounds, memory, refusedPages, open } = createTrial();
  await memory.load();
  await rounds.start();
  await rounds.run();
  refusedPages.add('stock');
  const running = rounds.run();
  // The stop comes when the disk has just failed and the collection begins anew.
  for (let turn = 0; turn < 40; turn += 1) {
    await Promise.resolve();
    if (memory.pull().sweeps.stock > 1) break;
  }
  await rounds.stop();
  await running;
  expect([...open]).toEqual([]);
});

test('[SYNC16] what was pulled of the history before is not complete in a new one that begins before it is written', async () => {
  const { rounds, memory, whileSettling } = createTrial();
  await memory.load();
  await rounds.start();
  const next = { epoch: { n: 2, id: 'f'.repeat(16) }, head: { seq: 0, hash: '0' as never } };
  whileSettling.act = (collection) => (collection === 'company' ? memory.keepAcknowledged(next) : Promise.resolve());
  await rounds.run();
  expect(memory.acknowledged().epoch.n).toBe(2);
  expect(memory.pull().complete).toEqual([]);
});

test('[PULL7] a device says which days of the other devices it keeps, where that matters', async () => {
  const { rounds, memory, paths } = createTrial();
  await memory.load();
  await rounds.start();
  await rounds.run();
  expect(paths.filter((path) => path.includes('window='))).toEqual(['/sync/v1/branchJournal/pull?limit=500&window=45']);
  const asked: unknown[] = [];
  const request = async (_method: string, _path: string, body: unknown) => {
    asked.push(body);
    return fail({ kind: 'offline', text: 'not answered' });
  };
  for (const days of [45, null]) await createAskStatus({ request } as unknown as Http, () => days)(() => null);
  expect(asked).toEqual([{ checkpoints: {}, windowDays: 45 }, { checkpoints: {} }]);
});

import { expect, test } from 'vitest';
import type { Epoch } from '../../schema/epoch.ts';
import type { LiveChange } from '../../schema/protocol/live.ts';
import type { StatusAnswer } from '../../schema/protocol/status.ts';
import { fail, ok, type Result } from '../../schema/result.ts';
import { PULLED_COLLECTIONS, type PulledCollection } from '../../schema/roles.ts';
import { createMemoryVault } from '../store/memory-vault.ts';
import type { Vault } from '../store/vault.ts';
import { createAskStatus } from './ask-status.ts';
import type { Http, NetFault } from './http.ts';
import { createPullRounds } from './pull-rounds.ts';
import type { PageHandler, Replication } from './replication.ts';
import { createSyncBoard } from './sync-board.ts';
import { createSyncMemory } from './sync-memory.ts';

const EPOCH: Epoch = { n: 1, id: 'e'.repeat(16) };
const CHECKPOINT = { epoch: EPOCH, scopes: { '*': { seq: 5, tag: 't', mac: 'm', grant: 'home' } } };

const TO = { seq: 6, tag: 'u', mac: 'm' };
const CHANGE = { collection: 'products', seq: 6, document: { id: 'p1', name: 'Teh' } } as const;

/** What a server says that has something new in these collections. */
function behindIn(...changed: readonly PulledCollection[]): StatusAnswer {
  const collections = PULLED_COLLECTIONS.map((name) => [name, { total: 0, lag: changed.includes(name) ? 1 : 0 }]);
  const head = { seq: 0, hash: '0'.repeat(64) as never };
  return { epoch: EPOCH, serverTime: 0, head, scopes: {}, collections: Object.fromEntries(collections) };
}

/** Pulls over a disk that can refuse a page, and then the note that it was refused. */
function createTrial() {
  const refusedPages = new Set<PulledCollection>();
  const disk = { full: false };
  const paths: string[] = [];
  const clock = { now: 7 };
  const emitted: object[] = [];
  const status = { ask: async (): Promise<Result<StatusAnswer, NetFault>> => ok(behindIn(...PULLED_COLLECTIONS)) };
  const open = new Set<Replication>();
  const whileSettling = { act: async (_collection: PulledCollection): Promise<void> => undefined };
  const memoryVault = createMemoryVault();
  const held = new Set<PulledCollection>();
  const opening = { disk: Promise.resolve(), fillRows: undefined as number | undefined };
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
      fillRows: opening.fillRows,
      start: async (handler) => {
        await opening.disk;
        ask = handler;
        open.add(replication);
        return null;
      },
      resync: async () => {
        await ask(null, 500);
        return true;
      },
      emit: (documents) => void emitted.push(...documents),
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
    world: { clock: () => clock.now++ },
    http: { request, abort: () => undefined } as unknown as Http,
    memory,
    board: createSyncBoard(() => 0),
    askStatus: () => status.ask(),
    windowDays: () => 45,
    door: () => ({
      accept: (documents) => [...documents],
      acceptLive: (changes) => changes.flatMap((one) => ('document' in one ? [one.document] : [])),
    }),
    createReplication,
    isEmpty: async (collection) => !held.has(collection),
    followEpoch: async () => true,
    onFault: () => undefined,
    askAgain: () => undefined,
  });
  const pulledFrom = (collection: PulledCollection) => {
    const last = paths.findLast((path) => path.includes(`/${collection}/pull`));
    return last?.includes('checkpoint=') ? 'a checkpoint' : 'the beginning';
  };
  return { rounds, memory, disk, refusedPages, pulledFrom, paths, open, whileSettling, status, emitted, opening, held };
}

test('[SYNC27] what a device holds nothing of is asked for while its disk is being opened, the first two at once', async () => {
  const { rounds, memory, paths, opening, held } = createTrial();
  await memory.load();
  const { promise, resolve } = Promise.withResolvers<void>();
  Object.assign(opening, { disk: promise, fillRows: 500 });
  held.add('products');
  const started = rounds.start();
  await new Promise((passed) => setImmediate(passed));
  const named = () => paths.map((path) => /v1\/(\w+)/.exec(path)?.[1]);
  expect(named()).toEqual(['company']);
  resolve();
  await started;
  await rounds.stop();
  expect(named()).toEqual(['company']);
});

test('[SYNC3] no page waits for the count of what is to come', async () => {
  const { rounds, memory, status } = createTrial();
  await memory.load();
  await rounds.start();
  status.ask = () => new Promise(() => undefined);
  expect(await rounds.run()).toEqual({ done: true });
});

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
  expect(paths.filter((path) => path.includes('window='))).toMatchObject([
    expect.stringMatching(/^.sync.v1.branchJournal.pull.limit=500&at=\d+&window=45$/),
  ]);
  const asked: unknown[] = [];
  const request = async (_method: string, _path: string, body: unknown) => {
    asked.push(body);
    return fail({ kind: 'offline', text: 'not answered' });
  };
  for (const days of [45, null]) await createAskStatus({ request } as unknown as Http, () => days)(() => null);
  expect(asked).toEqual([{ checkpoints: {}, windowDays: 45 }, { checkpoints: {} }]);
});

test('[SYNC28] [F4] no two pulls ask the same address, so that nobody’s memory answers for the server', async () => {
  const { rounds, memory, paths } = createTrial();
  await memory.load();
  await rounds.start();
  for (let round = 0; round < 3; round += 1) {
    await memory.startOver(PULLED_COLLECTIONS);
    rounds.markBehind();
    await rounds.run();
  }
  expect([paths.length, new Set(paths).size]).toEqual([3 * PULLED_COLLECTIONS.length, 3 * PULLED_COLLECTIONS.length]);
});

async function startedTrial() {
  const trial = createTrial();
  await trial.memory.load();
  await trial.rounds.start();
  await trial.rounds.run();
  trial.paths.length = 0;
  return trial;
}

test('[PULL8] only what changed behind the checkpoints is pulled, and nothing is missing of the rest', async () => {
  const { rounds, paths, status } = await startedTrial();
  status.ask = async () => ok(behindIn('stock'));
  rounds.markBehind();
  expect(await rounds.run()).toEqual({ done: true });
  expect(paths.map((path) => path.split('?')[0])).toEqual(['/sync/v1/stock/pull']);
  expect(rounds.live({ type: 'changes', scope: '*' as never, from: 5, to: TO, changes: [CHANGE] })).toBe(true);
});

test('[PULL8] [LIVE2] what comes live while the server is being asked is on disk, and what was missed meanwhile is pulled', async () => {
  const { rounds, status, emitted, paths } = await startedTrial();
  const asking: { meanwhile: () => unknown } = {
    meanwhile: () => rounds.live({ type: 'changes', scope: '*' as never, from: 5, to: TO, changes: [CHANGE] }),
  };
  status.ask = async () => {
    asking.meanwhile();
    return ok(behindIn());
  };
  rounds.markBehind();
  await rounds.run();
  expect([emitted, paths]).toEqual([[CHANGE.document], []]);
  asking.meanwhile = () => rounds.markBehind();
  rounds.markBehind();
  await rounds.run();
  expect(rounds.live({ type: 'changes', scope: '*' as never, from: 6, to: { ...TO, seq: 7 }, changes: [CHANGE] })).toBe(
    true,
  );
  expect(emitted).toHaveLength(1);
});

test('[PULL8] [F26] a write that failed is found also where nothing is pulled', async () => {
  const { rounds, status, refusedPages, pulledFrom } = await startedTrial();
  status.ask = async () => ok(behindIn());
  refusedPages.add('products');
  expect(await rounds.run()).toEqual({ done: false });
  expect(await rounds.run()).toEqual({ done: true });
  expect(pulledFrom('products')).toBe('the beginning');
});

test('[PULL8] a server that cannot read the question is asked for everything, and one that is not there for nothing', async () => {
  const { rounds, status, paths } = await startedTrial();
  status.ask = async () => fail({ kind: 'offline', text: 'cut' });
  expect([await rounds.run(), paths]).toEqual([{ done: false, notBeforeMs: 0 }, []]);
  status.ask = async () => fail({ kind: 'refused', code: 'bad-request', text: 'what?', retryAfterMs: null });
  expect(await rounds.run()).toEqual({ done: true });
  expect(paths).toHaveLength(PULLED_COLLECTIONS.length);
});

const COUNTER = { collection: 'stock', seq: 6, document: { id: 'pasar:p1' } } as const;
const ENTRY = { collection: 'branchJournal', seq: 7, document: { id: 'e1' } } as const;
const AHEAD = { ...TO, seq: 7 };
const live = (from: number, change: typeof COUNTER | typeof ENTRY) => ({
  type: 'changes' as const,
  scope: '*' as never,
  from,
  to: AHEAD,
  changes: [change as LiveChange],
});

test('[LIVE17] [LIVE2] counters ahead of their entries move no checkpoint but their own, and entries that follow where the socket stands are taken', async () => {
  const { rounds, emitted } = await startedTrial();
  const reached = () =>
    (['stock', 'branchJournal'] as const).map((name) => rounds.checkpoint(name)?.scopes['*' as never]?.seq);
  expect([rounds.live(live(5, COUNTER)), reached()]).toEqual([true, [7, 5]]);
  expect([rounds.live(live(7, ENTRY)), reached()]).toEqual([true, [7, 7]]);
  expect(emitted).toEqual([COUNTER.document, ENTRY.document]);
});

test('[LIVE17] who loses the socket between counters and their entries pulls the entries from where those stood, and takes none twice', async () => {
  const { rounds, status, paths, emitted } = await startedTrial();
  rounds.live(live(5, COUNTER));
  status.ask = async () => ok(behindIn('branchJournal'));
  rounds.markBehind();
  expect(await rounds.run()).toEqual({ done: true });
  expect(paths).toMatchObject([expect.stringMatching(/branchJournal.*seq%22%3A5/)]);
  expect(rounds.live({ ...live(7, ENTRY), changes: [{ ...ENTRY, seq: 5 }] })).toBe(true);
  expect(emitted).toEqual([COUNTER.document]);
});

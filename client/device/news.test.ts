import { expect, test } from 'vitest';
import { createMemoryVault } from '../store/memory-vault.ts';
import type { SyncStatus } from './device.ts';
import { createLive } from './live.ts';
import { type NewsDeps, watchNews } from './news.ts';

/** News of a device of which the test says what happens to it. */
async function watch() {
  const status = createLive({ connection: 'connecting' } as SyncStatus);
  const [version, arrivals] = [createLive(0), createLive(0)];
  const [kinds, refused, branch] = [[] as string[], new Set<number>(), [] as object[]];
  const at = { answered: 0, now: 1_000_000 };
  const vault = createMemoryVault();
  const deps = {
    status,
    version,
    journal: {
      index: {
        head: () => ({ seq: kinds.length }),
        after: (seq: number) => kinds.map((kind, index) => ({ kind, seq: index + 1 })).slice(seq),
      },
    },
    answeredThrough: () => at.answered,
    isAcknowledged: (seq: number) => seq <= at.answered && !refused.has(seq),
    branchJournal: { version: arrivals, newest: () => branch.slice(-1) },
    company: { devices: createLive([{ device: 'k2', till: 'K2' }]) },
    serverClock: { now: () => at.now },
    vault,
  } as unknown as NewsDeps;
  const { news, stop } = await watchNews(deps);
  const touch = () => version.set(version.get() + 1);
  return {
    ...{ news, stop, at, refused, vault },
    connect: (connection: SyncStatus['connection']) => status.set({ ...status.get(), connection }),
    write: (...more: string[]) => {
      kinds.push(...more);
      touch();
    },
    answer: (through: number) => {
      at.answered = through;
      touch();
    },
    arrive: (id: string, receivedAt: number, kind = 'sale') => {
      branch.push({ id, kind, deviceId: 'k2', receivedAt, entry: { kind, body: { receipt: `K2-1-${id}` } } });
      arrivals.set(arrivals.get() + 1);
    },
  };
}

test('[STATE3] after coming back the sales that the server took are counted once, when it has answered for all', async () => {
  const { news, connect, write, answer, refused } = await watch();
  connect('online');
  write('sale');
  answer(1);
  expect(news.homecoming.get()).toBeNull();
  connect('offline');
  write('sale', 'sale', 'cash-out');
  connect('connecting');
  connect('online');
  refused.add(3);
  answer(3);
  expect(news.homecoming.get()).toBeNull();
  answer(4);
  expect(news.homecoming.get()).toEqual({ sales: 1, entries: 2 });
  const told = news.homecoming.get();
  write('sale');
  answer(5);
  connect('offline');
  connect('online');
  expect(news.homecoming.get()).toBe(told);
});

test('[STATE4] a sale elsewhere is told as it comes, what came while away is not, and nobody who does not want it', async () => {
  const { news, arrive, at, vault } = await watch();
  arrive('1', at.now - 3_600_000);
  expect(news.elsewhere.get()).toBeNull();
  arrive('2', at.now - 500);
  expect(news.elsewhere.get()).toEqual({ id: '2', till: 'K2', receipt: 'K2-1-2' });
  arrive('3', at.now, 'refund');
  await news.wantElsewhere(false);
  arrive('4', at.now);
  expect(news.elsewhere.get()).toMatchObject({ id: '2' });
  expect(await vault.get('quietElsewhere')).toBe(true);
});

import { expect, test } from 'vitest';
import { createFetchedReplication } from './fetched-replication.ts';
import type { Replication } from './replication.ts';

const CHECKPOINT = { epoch: null, scopes: {}, sweep: 3 } as never;

function replicationThat(does: string[]): Replication {
  return {
    start: async () => {
      does.push('start');
      return CHECKPOINT;
    },
    resync: async () => does.push('resync') > 0,
    emit: () => void does.push('emit'),
    settled: async () => does.push('settled') > 0,
    stop: async () => void does.push('stop'),
  };
}

test('[LOAD6] a replication begins when its program has come, and is that program’s from then on', async () => {
  const does: string[] = [];
  const fetched = createFetchedReplication(async () => replicationThat(does));
  expect(
    await fetched.start(
      async () => ({ documents: [], checkpoint: null }),
      () => undefined,
    ),
  ).toBe(CHECKPOINT);
  expect([await fetched.resync(), await fetched.settled()]).toEqual([true, true]);
  fetched.emit([], CHECKPOINT);
  await fetched.stop();
  expect(does).toEqual(['start', 'resync', 'settled', 'emit', 'stop']);
});

test('[LOAD6] [DISK17] what can fill a collection can do so when its program has come', async () => {
  const filling = { write: async () => true };
  const fetched = createFetchedReplication(async () => ({ ...replicationThat([]), filling }));
  expect(fetched.filling).toBeUndefined();
  await fetched.start(
    async () => ({ documents: [], checkpoint: null }),
    () => undefined,
  );
  expect(fetched.filling).toBe(filling);
});

test('[LOAD6] stopped before that, it never begins', async () => {
  const does: string[] = [];
  const { promise, resolve } = Promise.withResolvers<Replication>();
  const fetched = createFetchedReplication(() => promise);
  const started = fetched.start(
    async () => ({ documents: [], checkpoint: null }),
    () => undefined,
  );
  await fetched.stop();
  resolve(replicationThat(does));
  expect(await started).toBeNull();
  expect(does).toEqual([]);
});

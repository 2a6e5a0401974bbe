import { expect, test } from 'vitest';
import { openDatabase } from '../store/database.ts';
import { createMemoryStorage } from '../store/storage.ts';
import { createRxReplication } from './rx-replication.ts';

const timers = {
  after: (ms: number, act: () => void) => {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  },
};
const nothing = async () => ({ documents: [], checkpoint: null });

test('[SYNC7] a pull that is stopped before it began keeps nobody waiting', async () => {
  const { collections, close } = await openDatabase('K1', createMemoryStorage());
  const replication = createRxReplication(collections.products as never, timers, 10);
  const started = replication.start(nothing, () => undefined);
  await replication.stop();
  expect(await started).toBeNull();
  await close();
});

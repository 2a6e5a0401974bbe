import { expect, test } from 'vitest';
import { createMemoryVault } from '../store/memory-vault.ts';
import { keepLastSync } from './last-sync.ts';
import { createSyncBoard } from './sync-board.ts';

test('[SYNC11] a device that starts offline says when it was last in step', async () => {
  const vault = createMemoryVault();
  let now = 1_000_000;
  const before = createSyncBoard(() => now);
  await keepLastSync(vault, before).restore();
  expect(before.status.get().lastSyncAt).toBeNull();
  before.synced();
  now += 1_000;
  before.synced();
  expect(await vault.get('lastSyncAt')).toBe(1_000_000);
  now += 60_000;
  before.synced();

  const after = createSyncBoard(() => now + 86_400_000);
  await keepLastSync(vault, after).restore();
  expect(after.status.get().lastSyncAt).toBe(1_061_000);
});

test('[SYNC11] what was heard since the start is not made older', async () => {
  const vault = createMemoryVault();
  await vault.put('lastSyncAt', 5);
  const board = createSyncBoard(() => 9);
  const keeper = keepLastSync(vault, board);
  board.synced();
  await keeper.restore();
  expect(board.status.get().lastSyncAt).toBe(9);
});

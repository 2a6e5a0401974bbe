import type { Vault } from '../store/vault.ts';
import type { SyncBoard } from './sync-board.ts';

/** Written at most this often. After a restart the data may seem up to so much older than it is, never newer. */
const KEEP_EVERY_MS = 60_000;

/**
 * Remembers over a restart when this device was last in step with the server, so that a till that starts offline
 * can say how old its stock and prices are. `restore` shows what was kept.
 */
export function keepLastSync(vault: Vault, board: SyncBoard): { restore(): Promise<void> } {
  let kept: number | null = null;
  board.status.subscribe(() => {
    const { lastSyncAt } = board.status.get();
    if (lastSyncAt === null || (kept !== null && Math.abs(lastSyncAt - kept) < KEEP_EVERY_MS)) return;
    kept = lastSyncAt;
    // Only a note for people: a disk that does not take it must not disturb what matters.
    vault.put('lastSyncAt', lastSyncAt).catch(() => undefined);
  });
  return {
    restore: async () => {
      kept = (await vault.get('lastSyncAt')) ?? null;
      if (kept !== null && board.status.get().lastSyncAt === null) board.syncedAt(kept);
    },
  };
}

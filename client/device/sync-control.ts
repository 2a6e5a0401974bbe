import { fail, ok } from '../../schema/result.ts';
import type { Vault } from '../store/vault.ts';
import type { SyncEngine } from '../sync/engine.ts';
import { settingsHold } from '../sync/settings.ts';
import type { ShopSettings } from '../sync/shop-settings.ts';
import type { SyncBoard } from '../sync/sync-board.ts';
import type { Inspection, SyncControl } from './device.ts';

export interface SyncControlDeps {
  readonly board: SyncBoard;
  readonly vault: Vault;
  readonly settings: ShopSettings;
  /** Null while another tab is the active one. */
  readonly engine: () => SyncEngine | null;
  /** Starts sync anew, with the settings as they are now. */
  readonly restart: () => Promise<void>;
  readonly inspect: () => Promise<Inspection>;
  readonly more: Pick<SyncControl, 'waiting' | 'waitingCarts' | 'testCallNow' | 'resetNow'>;
}

/** What a person may see and do of sync. */
export function createSyncControl({
  board,
  vault,
  settings,
  engine,
  restart,
  inspect,
  more,
}: SyncControlDeps): SyncControl {
  return {
    status: board.status,
    settings,
    log: board.log.lines,
    saveSettings: async (next) => {
      if (!settingsHold(next)) return fail('bad-value');
      const { waitingEntries, waitingEdits, waitingDrafts } = board.status.get();
      const moves = next.serverAddress !== settings.get().serverAddress;
      if (moves && waitingEntries + waitingEdits + waitingDrafts > 0) return fail('outbox-not-empty');
      const own = settings.ownOf(next);
      await vault.put('settings', own);
      settings.set(own);
      await restart();
      return ok(null);
    },
    syncNow: () => engine()?.syncNow(),
    fullSyncNow: async () => engine()?.fullSync(),
    offerAgain: restart,
    inspect,
    ...more,
  };
}

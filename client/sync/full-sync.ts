import type { StatusAnswer } from '../../schema/protocol/status.ts';
import type { PulledCollection } from '../../schema/roles.ts';
import type { SyncStatus } from '../device/device.ts';

/** Counts what a first or full sync has brought, by the server's totals. */
export interface FullSyncCount {
  /** The server is being asked what is still to come: what comes before its answer counts too. */
  asked(): void;
  /** Its answer: documents that were here already count as done, also after a reload. */
  begin(answer: StatusAnswer): void;
  add(collection: PulledCollection, documents: number): SyncStatus['fullSync'];
}

export function createFullSyncCount(): FullSyncCount {
  const counts = new Map<PulledCollection, { done: number; total: number }>();
  const come = new Map<string, number>();
  return {
    asked: () => come.clear(),
    begin: ({ collections }) => {
      for (const [name, { total, lag }] of Object.entries(collections)) {
        const done = Math.max(0, total - lag) + (come.get(name) ?? 0);
        counts.set(name as PulledCollection, { done: Math.min(total, done), total });
      }
    },
    add: (collection, documents) => {
      come.set(collection, (come.get(collection) ?? 0) + documents);
      const held = counts.get(collection) ?? { done: 0, total: 0 };
      // Documents that changed meanwhile come once more: the count never passes the total.
      const count = { done: Math.min(held.total, held.done + documents), total: held.total };
      counts.set(collection, count);
      return { collection, ...count };
    },
  };
}

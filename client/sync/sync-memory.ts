import { EMPTY_HEAD } from '../../schema/chain.ts';
import { type Epoch, sameEpoch } from '../../schema/epoch.ts';
import { PULLED_COLLECTIONS, type PulledCollection } from '../../schema/roles.ts';
import type { Acknowledged, PullProgress, Vault } from '../store/vault.ts';

/** What sync must know over a reload: read once, then answered from memory, and on disk before it counts. */
export interface SyncMemory {
  /** Reads it anew from disk: another tab may have written. */
  load(): Promise<void>;
  acknowledged(): Acknowledged;
  keepAcknowledged(next: Acknowledged): Promise<void>;
  /** True when this device has done all that the epoch it follows asks of it. */
  isRecovered(): boolean;
  keepRecovered(): Promise<void>;
  pull(): PullProgress;
  /** This collection was pulled to its end. */
  markComplete(collection: PulledCollection): Promise<void>;
  /** These are pulled from the beginning, at their next page. */
  startOver(collections: readonly PulledCollection[]): Promise<void>;
  /** Nothing is pulled, as on the first day: what is on disk of it is about to go. */
  forgetPulled(): Promise<void>;
}

/** Without these no sale can be made. */
const NEEDED: readonly PulledCollection[] = ['company', 'products', 'stock'];

const FRESH: PullProgress = {
  sweeps: { company: 1, products: 1, stock: 1, drafts: 1, branchJournal: 1 },
  complete: [],
  ready: false,
};

/** `epoch` is the one of enrolment: a device without any acknowledgement begins there. */
export function createSyncMemory(vault: Vault, epoch: Epoch): SyncMemory {
  let acknowledged: Acknowledged = { epoch, head: EMPTY_HEAD };
  let recovered = epoch;
  let pull = FRESH;
  const keepPull = async (next: PullProgress) => {
    await vault.put('pull', next);
    pull = next;
  };
  return {
    load: async () => {
      const reading = [vault.get('acknowledged'), vault.get('recovered'), vault.get('pull')] as const;
      const [head, done, kept] = await Promise.all(reading);
      acknowledged = head ?? { epoch, head: EMPTY_HEAD };
      recovered = done ?? epoch;
      // A device of an earlier version kept none of what came with a later one.
      pull = kept ? { ...kept, sweeps: { ...FRESH.sweeps, ...kept.sweeps } } : FRESH;
    },
    isRecovered: () => sameEpoch(recovered, acknowledged.epoch),
    keepRecovered: async () => {
      const { epoch: now } = acknowledged;
      await vault.put('recovered', now);
      recovered = now;
    },
    acknowledged: () => acknowledged,
    keepAcknowledged: async (next) => {
      await vault.put('acknowledged', next);
      const newHistory = !sameEpoch(next.epoch, acknowledged.epoch);
      acknowledged = next;
      if (newHistory) await keepPull({ ...pull, complete: [] });
    },
    pull: () => pull,
    markComplete: async (collection) => {
      if (pull.complete.includes(collection)) return;
      const complete = [...pull.complete, collection];
      await keepPull({ ...pull, complete, ready: pull.ready || NEEDED.every((name) => complete.includes(name)) });
    },
    startOver: async (collections) => {
      const sweeps = Object.fromEntries(
        PULLED_COLLECTIONS.map((name) => [name, pull.sweeps[name] + (collections.includes(name) ? 1 : 0)]),
      ) as PullProgress['sweeps'];
      await keepPull({ ...pull, sweeps, complete: pull.complete.filter((name) => !collections.includes(name)) });
    },
    forgetPulled: () => {
      const sweeps = Object.fromEntries(PULLED_COLLECTIONS.map((name) => [name, pull.sweeps[name] + 1]));
      return keepPull({ sweeps: sweeps as PullProgress['sweeps'], complete: [], ready: false });
    },
  };
}

import type { DeviceId } from '../../schema/ids.ts';
import type { InboxPlace, ReadTx } from '../store/store.ts';

/** What a process knows of its inbox without asking the store: pushes that were acknowledged and are not taken yet. */
export interface Inbox {
  /** Rows of all that wait. */
  length(): number;
  /** True where something waits of one of these devices; of any where none is named. At once: it is asked inside transactions. */
  holds(devices?: Iterable<DeviceId>): boolean;
  /** Said inside the transaction that lays a push down. */
  laid(push: Waiting): void;
  /** Said by everybody who finds that a push is gone: it was taken, or was not laid down after all. Said again, it changes nothing. */
  left(n: number): void;
  /** Calls back when something was laid down. Returns the way to stop. */
  onLaid(listener: () => void): () => void;
}

type Waiting = Pick<InboxPlace, 'n' | 'deviceId' | 'length'>;

/** Reads what waits. Nobody else may be at work yet. */
export async function openInbox(tx: Pick<ReadTx, 'inboxPlaces'>): Promise<Inbox> {
  const waiting = new Map<number, Waiting>();
  const pushes = new Map<DeviceId, number>();
  const listeners = new Set<() => void>();
  let length = 0;
  const count = (push: Waiting, by: 1 | -1): void => {
    const now = (pushes.get(push.deviceId) ?? 0) + by;
    if (now > 0) pushes.set(push.deviceId, now);
    else pushes.delete(push.deviceId);
    length += by * push.length;
  };
  const add = (push: Waiting): void => {
    waiting.set(push.n, push);
    count(push, 1);
  };
  for (const place of await tx.inboxPlaces(Number.MAX_SAFE_INTEGER)) add(place);
  return {
    length: () => length,
    holds: (devices = pushes.keys()) => {
      if (pushes.size === 0) return false;
      for (const deviceId of devices) if (pushes.has(deviceId)) return true;
      return false;
    },
    laid: (push) => {
      add(push);
      for (const listener of [...listeners]) listener();
    },
    left: (n) => {
      const push = waiting.get(n);
      if (!push) return;
      waiting.delete(n);
      count(push, -1);
    },
    onLaid: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

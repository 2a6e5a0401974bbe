import type { InboxPush, ReadTx, WriteTx } from '../store.ts';
import type { Layer } from './layer.ts';

export function readInbox(layer: Layer) {
  return {
    inboxEnd: async (deviceId) => waitingIn(layer).findLast(({ push }) => push.deviceId === deviceId)?.push.last,
    inboxPlaces: async (limit) =>
      waitingIn(layer)
        .slice(0, limit)
        .map(({ n, push: { branch, deviceId, firstSeq, last } }) => {
          return { n, branch, deviceId, length: last.seq - firstSeq + 1 };
        }),
    inboxPush: async (n) => layer.get('inbox', String(n)) ?? undefined,
  } satisfies Partial<ReadTx>;
}

export function writeInbox(layer: Layer) {
  return {
    putInInbox: async (push) => {
      // Those that were taken stand there still, as null: no number is given twice.
      const n = layer.keys('inbox').length + 1;
      layer.put('inbox', String(n), push);
      return n;
    },
    dropFromInbox: async (n) => {
      const isThere = (layer.get('inbox', String(n)) ?? null) !== null;
      layer.put('inbox', String(n), null);
      return isThere;
    },
  } satisfies Partial<WriteTx>;
}

/** What waits, in the order of its arrival. */
function waitingIn(layer: Layer): { readonly n: number; readonly push: InboxPush }[] {
  const waiting = layer.keys('inbox').flatMap((key) => {
    const push = layer.get('inbox', key);
    return push ? [{ n: Number(key), push }] : [];
  });
  return waiting.sort((left, right) => left.n - right.n);
}

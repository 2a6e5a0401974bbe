import type { Core } from '../core/core.ts';
import type { StoredRecord } from '../store/store.ts';
import {
  type Delivery,
  deliveryShape,
  endHook,
  putHook,
  readHook,
  readHooks,
  type StoredHook,
} from './hook-records.ts';
import { hookSecret, signMessage } from './hook-signature.ts';
import type { Message, Posted } from './post-message.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** How long after a failed attempt the next one waits; after the last of them the message is given up: some three days in all. */
export const RETRY_MS = [
  10 * SECOND,
  MINUTE,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  6 * HOUR,
  12 * HOUR,
  24 * HOUR,
  24 * HOUR,
];
/** Failed attempts in a row after which a webhook is told nothing any more, however many messages they were for. */
export const FAILURES_MAX = 50;
/** Messages of one webhook that are under way at the same time. */
const AT_ONCE = 3;
const RESULT_LENGTH_MAX = 120;

export type Post = (message: Message) => Promise<Posted>;

/** Sends what is due, a few of each webhook at a time, so that a slow address holds up no other. */
export interface Outgoing {
  /** Begins to send what is due; gives how many messages. */
  look(): Promise<number>;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
}

export function createOutgoing(core: Core, post: Post): Outgoing {
  const underWay = new Map<string, Promise<void>>();
  const send = (record: StoredRecord): void => {
    const sent = deliver(core, post, record).catch((error: unknown) =>
      core.deps.log.warn({ err: error }, 'what came of a message to a webhook could not be noted'),
    );
    underWay.set(
      record.id,
      sent.finally(() => underWay.delete(record.id)),
    );
  };
  const sendDue = (due: readonly StoredRecord[], hookId: string): number => {
    const own = [...underWay.keys()].filter((id) => id.startsWith(`${hookId}:`)).length;
    const next = due.filter(({ id }) => !underWay.has(id)).slice(0, AT_ONCE - own);
    for (const record of next) send(record);
    return next.length;
  };
  /** Nothing waits for longer than the longest pause: what says so was noted while the clock was ahead. */
  const isDue = ({ at }: StoredRecord): boolean => {
    const now = core.deps.now();
    return at <= now || at > now + Math.max(...RETRY_MS);
  };
  return {
    look: async () => {
      let sent = 0;
      for (const { id, waiting } of await core.store.read((tx) => readHooks(tx))) {
        if (waiting === 0) continue;
        const span = { prefix: `${id}:`, limit: 2 * AT_ONCE };
        const first = await core.store.read((tx) => tx.records('delivery', span));
        sent += sendDue(first.filter(isDue), id);
      }
      return sent;
    },
    idle: async () => void (await Promise.all(underWay.values())),
  };
}

async function deliver(core: Core, post: Post, record: StoredRecord): Promise<void> {
  const delivery = deliveryShape.parse(JSON.parse(record.json));
  const hook = await core.store.read((tx) => readHook(tx, delivery.hook));
  if (!hook) return core.store.write([], (tx) => tx.dropRecord('delivery', record.id));
  const posted = await post(messageOf(core, hook, delivery));
  await core.store.write([], async (tx) => {
    const [current, waiting] = [await readHook(tx, hook.id), await tx.record('delivery', record.id)];
    // Removed or disabled while it was under way: nothing is left to note.
    if (!current || !waiting) return;
    const at = core.deps.now();
    const noted = { ...current, lastAt: at, lastResult: posted.result.slice(0, RESULT_LENGTH_MAX).toWellFormed() };
    const retryMs = posted.ok ? undefined : RETRY_MS[delivery.tries];
    if (retryMs === undefined) await tx.dropRecord('delivery', record.id);
    else {
      const again: Delivery = { ...delivery, tries: delivery.tries + 1 };
      await tx.putRecord({ ...record, at: at + retryMs, json: JSON.stringify(again) });
    }
    const left = retryMs === undefined ? current.waiting - 1 : current.waiting;
    const failures = posted.ok ? 0 : current.failures + 1;
    const givenUp = current.givenUp + (posted.ok || retryMs !== undefined ? 0 : 1);
    const next: StoredHook = { ...noted, waiting: Math.max(0, left), failures, givenUp };
    await putHook(tx, failures >= FAILURES_MAX ? await endHook(tx, next, 'failures', at) : next);
  });
}

function messageOf(core: Core, { id, url }: StoredHook, { event, messageId, body }: Delivery): Message {
  return {
    ...{ url, body },
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Laci',
      'laci-event': event,
      'laci-message': messageId,
      'laci-signature': signMessage(hookSecret(core, id), core.deps.now(), body),
    },
  };
}

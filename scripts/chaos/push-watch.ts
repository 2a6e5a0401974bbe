import { setTimeout as sleep } from 'node:timers/promises';
import { type DeviceId, type EntryId, splitEntryId } from '../../schema/ids.ts';
import type { Middle } from '../wire/relay.ts';
import { withoutPacking } from '../wire/socket-frames.ts';
import { createPushReader, type SaidPush } from './push-reader.ts';

/**
 * Where a blow falls in a push. `body`: half of the body is out. `work`: the body is out and the answer not back. `answer`: the server
 * has answered, and the device hears nothing of it.
 */
export const MOMENTS = ['body', 'work', 'answer'] as const;
export type Moment = (typeof MOMENTS)[number];

/** A blow at the next push that passes. */
export interface Blow {
  readonly moment: Moment;
  /** For `work`: how long after the body, in milliseconds; at most until the answer comes. */
  readonly afterMs: number;
  /** Whether the answer is kept from the device; a server that is only stopped gives it later. */
  readonly withhold: boolean;
  readonly strike: (push: StruckPush) => Promise<void>;
}

/** A push that is struck. */
export interface StruckPush {
  readonly moment: Moment;
  readonly rows: readonly EntryId[];
  /** True when the device had no answer to it at that time. */
  readonly open: boolean;
}

/** Sees every push of every device on its way, and what the server promised of it. */
export interface PushWatch {
  /** For one connection. */
  middle(): Middle;
  /** Strikes the next push. Resolves when the blow has been dealt; rejects with what the blow throws. */
  deal(blow: Blow): Promise<'dealt'>;
  /** Entries that an answer of the server acknowledged, whether the device heard it or not. */
  readonly acknowledged: ReadonlySet<EntryId>;
  /** The last seq of every push that went out whole, by device: where a batch stored wholly may end. */
  readonly ends: ReadonlyMap<DeviceId, ReadonlySet<number>>;
}

interface Push extends SaidPush {
  answered: boolean;
  /** Dealt when the answer comes. */
  atAnswer: (() => Promise<void>) | null;
  /** Settles when a blow that withholds the answer has been dealt. */
  held: Promise<void> | null;
}

const UNANSWERED: Omit<Push, keyof SaidPush> = { answered: false, atAnswer: null, held: null };

export function createPushWatch(): PushWatch {
  const acknowledged = new Set<EntryId>();
  const ends = new Map<DeviceId, Set<number>>();
  let armed: Armed | null = null;
  const arms: Arms = {
    take: () => {
      const taken = armed;
      armed = null;
      return taken;
    },
    giveBack: (taken) => {
      armed ??= taken;
    },
  };
  return {
    acknowledged,
    ends,
    deal: (blow) => {
      const { promise, resolve, reject } = Promise.withResolvers<'dealt'>();
      armed = { blow, dealt: () => resolve('dealt'), failed: reject };
      return promise;
    },
    middle: () => watchConnection(arms, (rows) => noteEnds(ends, rows), acknowledged),
  };
}

interface Armed {
  readonly blow: Blow;
  readonly dealt: () => void;
  readonly failed: (error: unknown) => void;
}

interface Arms {
  take(): Armed | null;
  /** The connection died before the blow could fall: the next push is struck instead. */
  giveBack(taken: Armed): void;
}

function watchConnection(arms: Arms, sent: (rows: readonly EntryId[]) => void, acknowledged: Set<EntryId>): Middle {
  const reader = createPushReader();
  const waiting: (Push | null)[] = [];
  let undealt: Armed | null = null;
  const strikeAt = (push: Push, taken: Armed): Promise<void> => {
    if (undealt !== taken) return Promise.resolve();
    undealt = null;
    const { blow, dealt, failed } = taken;
    return blow.strike({ moment: blow.moment, rows: push.rows, open: !push.answered }).then(dealt, failed);
  };
  return {
    toServer: async (packing, forward) => {
      const chunk = withoutPacking(packing);
      const whole = reader.said(chunk).map((said): Push | null => said && { ...said, ...UNANSWERED });
      waiting.push(...whole);
      const push = whole.find((one) => one !== null);
      if (!push) return forward(chunk);
      const taken = arms.take();
      // A blow that is dealt later than the answer outlives its push on this connection.
      undealt = taken ?? undealt;
      const strike = taken && (() => strikeAt(push, taken));
      if (strike && taken.blow.moment === 'body') {
        const half = Math.max(1, chunk.length - Math.ceil(push.bodyBytes / 2));
        await forward(chunk.subarray(0, half));
        await strike();
        return forward(chunk.subarray(half));
      }
      sent(push.rows);
      if (strike && taken.blow.moment === 'answer') push.atAnswer = strike;
      const inWork = strike && taken.blow.moment === 'work' ? Promise.withResolvers<void>() : null;
      if (inWork && taken?.blow.withhold) push.held = inWork.promise;
      await forward(chunk);
      if (inWork && strike) inWork.resolve(sleep(taken.blow.afterMs).then(strike));
    },
    toDevice: async (chunk, forward) => {
      const answers = reader.answered(chunk);
      const first = reader.isSocket() && answers.length === 0 ? undefined : waiting[0];
      for (const ids of answers) if (waiting.shift()) for (const id of ids) acknowledged.add(id);
      // Nothing of a withheld answer reaches the device: its connection dies with the server.
      if (first?.atAnswer) return first.atAnswer();
      if (first?.held) return first.held;
      if (first) first.answered = true;
      await forward(chunk);
    },
    closed: () => {
      if (undealt) arms.giveBack(undealt);
      undealt = null;
    },
  };
}

function noteEnds(ends: Map<DeviceId, Set<number>>, rows: readonly EntryId[]): void {
  const lasts = new Map<DeviceId, number>();
  for (const id of rows) {
    const { deviceId, seq } = splitEntryId(id);
    lasts.set(deviceId, Math.max(seq, lasts.get(deviceId) ?? 0));
  }
  for (const [deviceId, seq] of lasts) ends.set(deviceId, (ends.get(deviceId) ?? new Set()).add(seq));
}

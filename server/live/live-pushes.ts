import type { LiveClientMessage } from '../../schema/protocol/live.ts';
import type { Core } from '../core/core.ts';
import { pushWhileKnown } from '../core/push-journal.ts';
import { noteFault } from '../http/errors.ts';
import type { PushGate } from '../http/push-gate.ts';
import type { LiveSocket } from './live-socket.ts';

type PushMessage = Extract<LiveClientMessage, { type: 'push' }>;

/** A push over a live socket: who says it, in which version, and how long the message was, in bytes. */
export interface LivePush {
  readonly live: LiveSocket;
  readonly protocol: number;
  readonly bytes: number;
  readonly message: PushMessage;
}

/** Takes pushes that come over live sockets: judged, bounded and answered as the requests are. Never rejects. */
export type TakeLivePush = (push: LivePush) => Promise<void>;

export function createLivePushes(core: Core, gate: Pick<PushGate, 'passSmall'>): TakeLivePush {
  return async ({ live, protocol, bytes, message: { ask, push } }) => {
    const refuse = (code: ReturnType<typeof noteFault>) => live.send({ type: 'push-refused', ask, code });
    const take = async (): Promise<void> => {
      if (core.health.damage() !== null) return refuse('store-damaged');
      if (core.ledger.isRevoked(live.device.deviceId)) return refuse('revoked');
      const answer = await pushWhileKnown(core, live.device, push, protocol);
      if (answer) live.send({ type: 'pushed', ask, answer });
      else refuse('not-enrolled');
    };
    try {
      const retryAfterMs = await gate.passSmall(live.device.deviceId, { bytes, rows: push.entries.length }, take);
      if (retryAfterMs > 0) live.send({ type: 'push-refused', ask, code: 'too-many', retryAfterMs });
    } catch (error) {
      refuse(noteFault(core, error, 'live'));
    }
  };
}

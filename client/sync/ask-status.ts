import type { Checkpoint } from '../../schema/protocol/checkpoint.ts';
import { type StatusAnswer, statusAnswerShape } from '../../schema/protocol/status.ts';
import type { Result } from '../../schema/result.ts';
import { PULLED_COLLECTIONS, type PulledCollection } from '../../schema/roles.ts';
import type { Http, NetFault } from './http.ts';

/** Asks the server how far this device is behind, by the checkpoints it holds. */
export type AskStatus = (
  checkpoint: (collection: PulledCollection) => Checkpoint | null,
) => Promise<Result<StatusAnswer, NetFault>>;

export function createAskStatus(http: Http): AskStatus {
  return (checkpoint) => {
    const held = PULLED_COLLECTIONS.flatMap((name) => {
      const own = checkpoint(name);
      return own === null ? [] : [[name, own] as const];
    });
    return http.request('POST', '/sync/v1/status', { checkpoints: Object.fromEntries(held) }, statusAnswerShape);
  };
}

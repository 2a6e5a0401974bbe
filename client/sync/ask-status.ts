import type { Checkpoint } from '../../schema/protocol/checkpoint.ts';
import { type StatusAnswer, statusAnswerShape } from '../../schema/protocol/status.ts';
import type { Result } from '../../schema/result.ts';
import { PULLED_COLLECTIONS, type PulledCollection } from '../../schema/roles.ts';
import type { Http, NetFault } from './http.ts';

/** Asks the server how far this device is behind, by the checkpoints it holds. */
export type AskStatus = (
  checkpoint: (collection: PulledCollection) => Checkpoint | null,
  options?: { readonly onlyLag: boolean },
) => Promise<Result<StatusAnswer, NetFault>>;

/** `windowDays`: how many days of the other devices' entries this device keeps, so that the server counts no others; null for all. */
export function createAskStatus(http: Http, windowDays: () => number | null): AskStatus {
  return (checkpoint, options) => {
    const held = PULLED_COLLECTIONS.flatMap((name) => {
      const own = checkpoint(name);
      return own === null ? [] : [[name, own] as const];
    });
    const days = windowDays();
    const request = {
      checkpoints: Object.fromEntries(held),
      ...(days === null ? {} : { windowDays: days }),
      ...options,
    };
    return http.request('POST', '/sync/v1/status', request, statusAnswerShape);
  };
}

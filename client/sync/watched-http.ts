import { fail } from '../../schema/result.ts';
import type { Http, NetFault } from './http.ts';
import type { SyncBoard } from './sync-board.ts';

/** What the device's standing with the server is, as its answers tell. */
export interface StandingListener {
  /** The server does not know this device (any more). */
  notEnrolled(): void;
  revoked(): void;
}

/** Where own entries go: a revoked device may do this one thing still, so an answer here says nothing of its standing. */
export const DRAIN_PATH = '/sync/v1/journal/push';

/** What is asked for after the end of sync is not begun. */
const ENDED: NetFault = { kind: 'offline', text: 'Stopped' };

/**
 * Requests that are counted, and whose refusals of the device itself are heard on every path alike. An abort is the end: no other request
 * begins.
 */
export function watchHttp(http: Http, board: SyncBoard, standing: StandingListener): Http {
  const hear = (error: NetFault) => {
    board.count('failedRequests');
    if (error.kind === 'refused') hearRefusal(error.code, standing);
  };
  let ended = false;
  return {
    abort: () => {
      ended = true;
      http.abort();
    },
    request: async (method, path, body, shape, onBytes) => {
      if (ended) return fail(ENDED);
      board.count('requests');
      if (path === DRAIN_PATH) board.count('pushes');
      const answer = await http.request(method, path, body, shape, onBytes);
      if (!answer.ok) hear(answer.error);
      else if (path !== DRAIN_PATH) board.revoked(false);
      return answer;
    },
  };
}

/** A code of the server's, from a request or from the live socket. */
export function hearRefusal(code: string, standing: StandingListener): void {
  if (code === 'not-enrolled') standing.notEnrolled();
  if (code === 'revoked') standing.revoked();
}

import { statusAnswerShape } from '../../schema/protocol/status.ts';
import type { Http, NetFault } from './http.ts';

/**
 * What a test call to the server found. `reached`: it answered as itself. `offline`: nothing answered in time. `other`: an answer that is
 * not the server's, e.g. the login page of a network. `credential`: it does not know this device; `revoked`: it knows, and a manager
 * revoked it. `version`: app and server are too far apart. `busy`: it answered and asks for patience. `fault`: it answered with an error of its own.
 */
export type TestCallFound = 'reached' | 'offline' | 'other' | 'credential' | 'revoked' | 'version' | 'busy' | 'fault';

export interface TestCall {
  readonly found: TestCallFound;
  /** Of the request and its answer, in milliseconds by this device. */
  readonly tookMs: number;
  /** This device's clock less the server's, in milliseconds; null where the server did not say. */
  readonly clockErrorMs: number | null;
  /** The error's own words; '' where there was none. */
  readonly detail: string;
}

/** A clock further off than this confuses people who compare receipts; it orders nothing. In milliseconds. */
export const CLOCK_ERROR_MS_MAX = 2 * 60_000;

/** Asks the server once, now, as sync does. Changes nothing. */
export async function testCall(http: Pick<Http, 'request'>, clock: () => number): Promise<TestCall> {
  const begun = clock();
  const answer = await http.request('POST', '/sync/v1/status', { checkpoints: {} }, statusAnswerShape);
  const ended = clock();
  const tookMs = Math.max(0, ended - begun);
  if (!answer.ok) return { found: foundOf(answer.error), tookMs, clockErrorMs: null, detail: answer.error.text };
  // Somewhere between asking and hearing the server said it: the middle is off by half of that at most.
  const clockErrorMs = Math.round(begun + tookMs / 2) - answer.value.serverTime;
  return { found: 'reached', tookMs, clockErrorMs, detail: '' };
}

function foundOf(fault: NetFault): TestCallFound {
  if (fault.kind === 'offline') return 'offline';
  if (fault.kind === 'not-the-server') return 'other';
  switch (fault.code) {
    case 'not-enrolled':
      return 'credential';
    case 'revoked':
      return 'revoked';
    case 'protocol-unknown':
      return 'version';
    case 'too-many':
      return 'busy';
    default:
      return 'fault';
  }
}

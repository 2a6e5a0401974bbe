import { setTimeout as sleep } from 'node:timers/promises';
import { statusAnswerShape } from '../../../schema/protocol/status.ts';
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '../../../schema/protocol/version.ts';
import { must } from '../../../schema/result.ts';

/** How often it is asked, in milliseconds. */
const LOOK_MS = 20;

/** What of the others' entries is taken by the server: stored each in its place, flagged, and folded into stock. */
export interface TakenCount {
  now(): Promise<number>;
  /** Resolves when so many are. */
  until(count: number): Promise<void>;
}

/** Asks as the device of a credential, whose own entries are not counted. */
export function countTaken(origin: string, credential: string): TakenCount {
  const headers = {
    authorization: `Bearer ${credential}`,
    'content-type': 'application/json',
    [PROTOCOL_HEADER]: `${PROTOCOL_VERSION}`,
  };
  const body = JSON.stringify({ checkpoints: {}, onlyLag: true });
  const now = async (): Promise<number> => {
    const answer = await fetch(`${origin}/sync/v1/status`, { method: 'POST', headers, body });
    const { collections } = statusAnswerShape.parse(await answer.json());
    return must(collections.branchJournal, 'the entries of the branch').lag;
  };
  const until = async (count: number): Promise<void> => {
    while ((await now()) < count) await sleep(LOOK_MS);
  };
  return { now, until };
}

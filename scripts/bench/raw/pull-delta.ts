import type { Checkpoint } from '../../../schema/protocol/checkpoint.ts';
import { pullAnswerShape } from '../../../schema/protocol/pull.ts';
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '../../../schema/protocol/version.ts';

const LIMIT = 500;

/** A reader of a branch's stock that stands at its end. */
export interface DeltaPull {
  /** Pulls what changed since the last time; throws when nothing did. */
  pull(): Promise<void>;
}

/** Reads all stock once; only what changes then is pulled. */
export async function pullDelta(origin: string, credential: string): Promise<DeltaPull> {
  let checkpoint: Checkpoint | null = null;
  const headers = { authorization: `Bearer ${credential}`, [PROTOCOL_HEADER]: `${PROTOCOL_VERSION}` };
  const page = async () => {
    const at = checkpoint === null ? '' : `&checkpoint=${encodeURIComponent(JSON.stringify(checkpoint))}`;
    const answer = await fetch(`${origin}/sync/v1/stock/pull?limit=${LIMIT}${at}`, { headers });
    const read = pullAnswerShape.parse(await answer.json());
    checkpoint = read.checkpoint;
    return read;
  };
  while ((await page()).more);
  return {
    pull: async () => {
      if ((await page()).documents.length === 0) throw new Error('Nothing came behind a sale.');
    },
  };
}

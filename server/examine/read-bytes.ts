import { type ReadPush, readPush } from '../core/read-push.ts';
import { bodyCost } from './body-cost.ts';

/** A push that was read from its bytes, with what those cost (`bodyCost`). */
export interface WeighedPush extends ReadPush {
  readonly cost: number;
}

/** Weighs and reads the bytes of a push, as `readPush`; null too where they weigh too much, or are no JSON in UTF-8. */
export function readBytes(bytes: Uint8Array): WeighedPush | null {
  const cost = bodyCost(bytes);
  const push = cost === null ? null : readPush(parse(bytes));
  return push && cost !== null ? { ...push, cost } : null;
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

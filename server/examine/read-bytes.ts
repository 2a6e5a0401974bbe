import type { OwnRun } from '../core/own-run.ts';
import { type ReadPush, readPush } from '../core/read-push.ts';
import { type PackedText, packBeginNow } from '../packed-text.ts';
import { bodyCost } from './body-cost.ts';

/** A push that was read from its bytes. */
export interface PushBeside extends ReadPush {
  /** What its bytes cost (`bodyCost`). */
  readonly cost: number;
  /** The beginning of its answer where it is a run and waits in the inbox. */
  readonly verdicts: PackedText | null;
}

/** How the answer to a run that waits begins: all its rows are accepted. */
export function verdictsText({ verdicts }: OwnRun): string {
  return `{"verdicts":${verdicts}`;
}

/** Weighs and reads the bytes of a push, as `readPush`; null too where they weigh too much, or are no JSON in UTF-8. */
export function readBytes(bytes: Uint8Array): PushBeside | null {
  const cost = bodyCost(bytes);
  const push = cost === null ? null : readPush(parse(bytes));
  if (!push || cost === null) return null;
  return { ...push, cost, verdicts: push.run && packBeginNow(verdictsText(push.run)) };
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

import type { OwnRun } from '../core/own-run.ts';
import { type ReadPush, readPush } from '../core/read-push.ts';
import { type PackedText, packBeginNow } from '../packed-text.ts';
import { bodyCost } from './body-cost.ts';
import { readRun } from './read-run.ts';

/** A push that was read from its bytes. */
export interface PushBeside extends ReadPush {
  /** What its bytes cost (`bodyCost`). */
  readonly cost: number;
  /** Where in `rows` something else than the end of a line stands between two of them (`separateRows`). */
  readonly joints: readonly number[];
  /** The beginning of its answer where it is a run and waits in the inbox. */
  readonly verdicts: PackedText | null;
}

/** How the answer to a run that waits begins: all its rows are accepted. */
export function verdictsText({ verdicts }: OwnRun): string {
  return `{"verdicts":${verdicts}`;
}

/**
 * Weighs and reads the bytes of a push, as `readPush`; null too where they weigh too much, or are no JSON in UTF-8. The rows may be part
 * of the bytes.
 */
export function readBytes(bytes: Uint8Array): PushBeside | null {
  const push = readRun(bytes) ?? readParsed(bytes);
  return push && { ...push, verdicts: push.run && packBeginNow(verdictsText(push.run)) };
}

/** What is not read from its bytes alone. */
function readParsed(bytes: Uint8Array): Omit<PushBeside, 'verdicts'> | null {
  const cost = bodyCost(bytes);
  const push = cost === null ? null : readPush(parse(bytes));
  return push && cost !== null ? { ...push, joints: [], cost } : null;
}

const NEXT_LINE = '\n'.charCodeAt(0);

/** Puts each row on its line, once nobody reads the bytes any more. */
export function separateRows({ rows, joints }: Pick<PushBeside, 'rows' | 'joints'>): void {
  for (const at of joints) rows[at] = NEXT_LINE;
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

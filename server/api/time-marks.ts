import { z } from 'zod';
import type { Scope } from '../../schema/ids.ts';
import type { Core } from '../core/core.ts';
import type { ReadTx } from '../store/store.ts';

/** How often it is noted how far each scope has come, in milliseconds. */
const MARK_MS = 60_000;
/** Marks of one scope. Beyond it every second one of the older half goes: the past may be coarser. */
const MARKS_MAX = 2_000;

/** `[server time, commit sequence]`, in the order of the sequence. */
const marksShape = z.array(z.tuple([z.int(), z.int()]));
type Marks = z.infer<typeof marksShape>;

/**
 * Notes now and then which commit sequence a scope had reached at which time, so that other systems may ask by time. Nothing is ordered by
 * it: a time only finds a sequence, and rather one too early.
 */
export function keepTimeMarks(core: Core): () => void {
  return core.deps.every(MARK_MS, () => {
    markAll(core).catch((error: unknown) => core.deps.log.warn({ err: error }, 'no time mark could be kept'));
  });
}

async function markAll(core: Core): Promise<void> {
  for (const scope of await core.store.read((tx) => tx.scopes())) await addTimeMark(core, scope);
}

/** Notes how far a scope has come, where it has moved since the last note. */
export function addTimeMark(core: Core, scope: Scope): Promise<void> {
  return core.store.write([], async (tx) => {
    const { seq } = await tx.place(scope);
    const marks = await readMarks(tx, scope);
    if (marks.at(-1)?.[1] === seq) return;
    await tx.setMeta(keyOf(scope), JSON.stringify(thin([...marks, [core.deps.now(), seq]])));
  });
}

/** A sequence before everything that changed at `ms` (server time) or later. */
export async function placeAtTime(tx: Pick<ReadTx, 'meta'>, scope: Scope, ms: number): Promise<number> {
  const marks = await readMarks(tx, scope);
  // By sequence, not by time: after a clock was set back, what came in between is told again rather than left out.
  const later = marks.findIndex(([at]) => at > ms);
  const before = later === -1 ? marks.length - 1 : later - 1;
  return marks[before]?.[1] ?? 0;
}

function thin(marks: Marks): Marks {
  if (marks.length <= MARKS_MAX) return marks;
  return marks.filter((_, index) => index > MARKS_MAX / 2 || index % 2 === 0);
}

async function readMarks(tx: Pick<ReadTx, 'meta'>, scope: Scope): Promise<Marks> {
  return marksShape.parse(JSON.parse((await tx.meta(keyOf(scope))) ?? '[]'));
}

function keyOf(scope: Scope): string {
  return `time marks of ${scope}`;
}

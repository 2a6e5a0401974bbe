import { z } from 'zod';

/** A server-authoritative revision of a document: the epoch that made it, and its number within that epoch. */
export const revisionShape = z.object({ epoch: z.int().min(1), n: z.int().min(1) });
export type Revision = z.infer<typeof revisionShape>;

/** True when both are the same revision; `null` stands for a document that did not exist. */
export function sameRevision(left: Revision | null, right: Revision | null): boolean {
  return left?.epoch === right?.epoch && left?.n === right?.n;
}

/** The revision that follows `current` in `epoch`. */
export function nextRevision(current: Revision | null, epoch: number): Revision {
  return { epoch, n: (current?.n ?? 0) + 1 };
}

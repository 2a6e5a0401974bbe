import { z } from 'zod';

/** One server history: ordered by `n`, told apart by a random id. A restored backup begins a new one. */
export const epochShape = z.object({ n: z.int().min(1), id: z.string().regex(/^[0-9a-z]{16}$/) });
export type Epoch = z.infer<typeof epochShape>;

/** True when both name the same history. */
export function sameEpoch(left: Epoch | null | undefined, right: Epoch | null | undefined): boolean {
  return left?.n === right?.n && left?.id === right?.id;
}

import { z } from 'zod';
import type { ReadTx } from '../store/store.ts';
import type { Core } from './core.ts';

const HOUR_MS = 60 * 60 * 1000;
/** Sizes are kept once a day, for so many days: growth shows over a month. */
const DAY_MS = 24 * HOUR_MS;
const DAYS_KEPT = 30;
const KEY = 'database sizes';

/** `[server time, bytes]`, oldest first. */
const sizesShape = z.array(z.tuple([z.int(), z.int()]));

/** How large the database was on earlier days, oldest first. */
export async function readSizes(tx: Pick<ReadTx, 'meta'>): Promise<z.infer<typeof sizesShape>> {
  return sizesShape.parse(JSON.parse((await tx.meta(KEY)) ?? '[]'));
}

/** Notes how large the database is, at most once a day. */
export async function noteSize(core: Core): Promise<void> {
  const [bytes, at] = [await core.store.size(), core.deps.now()];
  const last = (await core.store.read(readSizes)).at(-1);
  if (last && Math.abs(at - last[0]) < DAY_MS) return;
  await core.store.write([], async (tx) => {
    const sizes = [...(await readSizes(tx)), [at, bytes]].slice(-DAYS_KEPT);
    await tx.setMeta(KEY, JSON.stringify(sizes));
  });
}

/** Notes the size from now on, until the returned function is called. */
export function watchSize(core: Core): () => void {
  return core.deps.every(HOUR_MS, () => {
    noteSize(core).catch((error: unknown) => core.deps.log.warn({ err: error }, 'the size could not be noted'));
  });
}

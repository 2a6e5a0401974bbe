import type { VirtualTime } from './virtual-time.ts';

/** How finely time passes while something is waited for, and for how long at most, in milliseconds. */
const SLICE_MS = 5;
const PATIENCE_MS = 30_000;

/** Lets time pass until the work is done. Throws when it never is. */
export async function drive<Value>(time: VirtualTime, work: Promise<Value>): Promise<Value> {
  let settled = false;
  work.then(
    () => {
      settled = true;
    },
    () => {
      settled = true;
    },
  );
  const end = time.now() + PATIENCE_MS;
  await time.pass(0);
  while (!settled && time.now() < end) await time.pass(SLICE_MS);
  if (!settled) throw new Error('The simulated world waited in vain.');
  return work;
}

/** Lets time pass until something holds; false when it does not within that long. */
export async function passUntil(
  time: VirtualTime,
  msMax: number,
  holds: () => boolean,
  sliceMs = 100,
): Promise<boolean> {
  for (const end = time.now() + msMax; time.now() < end; ) {
    if (holds()) return true;
    await time.pass(sliceMs);
  }
  return holds();
}

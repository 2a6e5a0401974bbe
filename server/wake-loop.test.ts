import { expect, test } from 'vitest';
import { createWakeLoop } from './wake-loop.ts';

const turn = () => new Promise((resolve) => setImmediate(resolve));

test('[LIVE10] a wake-up during a read leads to one more read, never to two at once', async () => {
  const finish: ((more: boolean) => void)[] = [];
  const wake = createWakeLoop(
    () => new Promise<boolean>((resolve) => finish.push(resolve)),
    () => undefined,
  );
  wake();
  wake();
  wake();
  expect(finish).toHaveLength(1);
  finish[0]?.(false);
  await turn();
  expect(finish).toHaveLength(2);
  finish[1]?.(true);
  await turn();
  expect(finish).toHaveLength(3);
  finish[2]?.(false);
  await turn();
  expect(finish).toHaveLength(3);
});

test('[LIVE10] after a read that failed, the next wake-up reads again', async () => {
  let reads = 0;
  const faults: unknown[] = [];
  const wake = createWakeLoop(
    () => {
      reads += 1;
      return reads === 1 ? Promise.reject(new Error('disk')) : Promise.resolve(false);
    },
    (error) => faults.push(error),
  );
  wake();
  await turn();
  wake();
  await turn();
  expect([reads, faults.length]).toEqual([2, 1]);
});

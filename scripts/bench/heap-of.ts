import type { Page } from '@playwright/test';

/** Collected twice: what the first round lets go of may hold more. */
const COLLECTIONS = 2;
const MB = 1_000_000;

/** The JavaScript heap of a page in MB, buffers outside it included, after all garbage is collected. */
export async function heapOf(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.enable');
  for (let time = 0; time < COLLECTIONS; time += 1) await session.send('HeapProfiler.collectGarbage');
  const usage: { usedSize: number; backingStorageSize?: number } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return Math.round(((usage.usedSize + (usage.backingStorageSize ?? 0)) / MB) * 10) / 10;
}

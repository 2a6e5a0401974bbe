import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Page } from '@playwright/test';

/** How long a browser that was just started is busy with itself. */
const START_MS = 3_000;

/** Waits until what others wrote is on the disk, and the page's browser is done with its own start: nobody pays for whoever was measured before. */
export async function comeToRest(page: Page): Promise<void> {
  await untilWritten();
  await page.waitForTimeout(START_MS);
}

/** Waits until what others wrote is on the disk. */
export async function untilWritten(): Promise<void> {
  // A system without that command has its disk as it is.
  await promisify(execFile)('sync').catch(() => undefined);
}

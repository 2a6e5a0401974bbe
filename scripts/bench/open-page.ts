import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';

/**
 * Opens a built page under the server's own origin, so that it talks to the server as the app does, without the
 * server knowing of it: files that are in `pageDir` come from there while it loads, and nothing is intercepted after that.
 */
export async function openPageAt(page: Page, origin: string, pageDir: string): Promise<void> {
  const everything = `${origin}/**`;
  await page.route(everything, async (route) => {
    const { pathname } = new URL(route.request().url());
    const path = join(pageDir, pathname === '/' ? 'index.html' : pathname);
    if (existsSync(path)) await route.fulfill({ path });
    else await route.continue();
  });
  await page.goto(`${origin}/`, { waitUntil: 'load' });
  await page.unroute(everything);
}

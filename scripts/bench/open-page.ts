import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';

/** A page that shares its process with no other origin has a clock of 0.005 ms; any other one of 0.1 ms, which is a twentieth of a sale. */
const ALONE = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };

/**
 * Opens a built page under the server's own origin, so that it talks to the server as the app does, without the
 * server knowing of it: files that are in `pageDir` come from there while it loads, and nothing is intercepted after that. `finely`: with
 * a fine clock.
 */
export async function openPageAt(page: Page, origin: string, pageDir: string, finely = false): Promise<void> {
  const everything = `${origin}/**`;
  await page.route(everything, async (route) => {
    const { pathname } = new URL(route.request().url());
    const path = join(pageDir, pathname === '/' ? 'index.html' : pathname);
    if (existsSync(path)) await route.fulfill({ path, ...(finely ? { headers: ALONE } : {}) });
    else await route.continue();
  });
  await page.goto(`${origin}/`, { waitUntil: 'load' });
  await page.unroute(everything);
}

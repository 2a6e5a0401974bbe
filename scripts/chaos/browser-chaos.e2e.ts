import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { runBrowserChaos } from './browser-chaos.ts';

test('[F2] [TILL3] a Chromium killed at checkout has the sale whole or not at all, and the server has what the till has', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'laci-browser-chaos-'));
  try {
    const outcome = await runBrowserChaos(folder, { kills: 2, seed: 5 }, () => undefined);
    expect(outcome.violations).toEqual([]);
    expect(outcome).toMatchObject({ kills: 2, lost: 0, doubled: 0 });
    expect(outcome.whole + outcome.never).toBe(2);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
});

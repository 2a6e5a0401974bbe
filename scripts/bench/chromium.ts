import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';

const SYSTEM_CHROMIUM = '/usr/bin/chromium';
/** Nothing of the browser's own may use the network or the processor meanwhile. */
const QUIET = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Where Chromium is: LACI_CHROMIUM, which the set-up gives, or the system's. Throws with a sentence when it is nowhere. */
export function findChromium(): string {
  const path = process.env.LACI_CHROMIUM ?? SYSTEM_CHROMIUM;
  if (!existsSync(path)) throw new Error(`There is no Chromium at ${path}. Install one, or name it in LACI_CHROMIUM.`);
  return path;
}

/** How Chromium is started: quiet, and allowed to run as root in a container. */
export function chromiumArguments(): readonly string[] {
  const isRoot = process.getuid?.() === 0;
  return isRoot ? ['--no-sandbox', ...QUIET] : QUIET;
}

/**
 * Runs `work` in a page of a fresh profile on the disk: a private window would keep IndexedDB in memory and measure
 * nothing that lasts. The profile is removed afterwards.
 */
export async function inFreshProfile<Value>(work: (page: Page) => Promise<Value>): Promise<Value> {
  const profile = mkdtempSync(join(tmpdir(), 'laci-profile-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: findChromium(),
    headless: true,
    args: [...chromiumArguments()],
  });
  try {
    return await work(context.pages()[0] ?? (await context.newPage()));
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

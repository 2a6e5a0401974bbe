import { existsSync } from 'node:fs';
import { chromium, type Page } from '@playwright/test';
import { bringChromium } from '../setup/chromium.mjs';
import { type Ends, makeFolder, withEnds } from './peers/ends.ts';

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

/** Finds a Chromium for all that follows, or brings one. Throws with a sentence when there is none. */
export async function bringBrowser(): Promise<void> {
  process.env.LACI_CHROMIUM = await bringChromium();
}

/** Where Chromium is: LACI_CHROMIUM, or the system's. Throws with a sentence when it is nowhere. */
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

/** A folder for a browser's profile, which goes with the rest. */
export function makeProfile(ends: Ends): string {
  return makeFolder(ends, 'profile');
}

/**
 * Starts Chromium on a profile on the disk: a private window would keep IndexedDB in memory and measure nothing that lasts. `close`
 * ends it, as does the end of the work.
 */
export async function openChromium(
  ends: Ends,
  profile: string,
): Promise<{ readonly page: Page; close(): Promise<void> }> {
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: findChromium(),
    headless: true,
    args: [...chromiumArguments()],
    // Whoever stops the command ends the browser with the rest.
    ...{ handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false },
  });
  // A page whose files a benchmark hands in is of no place, and would be asked before it may open a socket to the server it shows itself as.
  await context.grantPermissions(['local-network-access']);
  const close = () => context.close();
  ends.add(close);
  return { page: context.pages()[0] ?? (await context.newPage()), close };
}

/** Runs `work` in a page of a fresh profile, for at most so long. */
export function inFreshProfile<Value>(msMax: number, work: (page: Page) => Promise<Value>): Promise<Value> {
  return withEnds('A page', msMax, async (ends) => work((await openChromium(ends, makeProfile(ends))).page));
}

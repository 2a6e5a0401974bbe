import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { type Browser, chromium, type Page } from '@playwright/test';
import { chromiumArguments, findChromium } from '../bench/chromium.ts';

/** A real Chromium with a profile on the disk, in processes that we can kill. */
export interface ChromiumProcess {
  readonly page: Page;
  /** SIGKILL for all its processes at once: no handler runs, nothing is written any more. */
  kill(): Promise<void>;
  /** Ends it in order. */
  close(): Promise<void>;
}

/** Starts Chromium on a profile folder, fresh or used before. Throws when it does not start. */
export async function startChromium(profile: string): Promise<ChromiumProcess> {
  const args = [...chromiumArguments(), '--headless=new', '--remote-debugging-port=0', `--user-data-dir=${profile}`];
  // A group of its own, so that one signal reaches the whole tree.
  const child = spawn(findChromium(), [...args, 'about:blank'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  });
  const killWithUs = () => killTree(child, profile);
  process.once('exit', killWithUs);
  const browser = await chromium.connectOverCDP(await readEndpoint(child));
  const context = browser.contexts()[0] ?? (await browser.newContext());
  const page = context.pages()[0] ?? (await context.newPage());
  const gone = async () => {
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    process.off('exit', killWithUs);
    await browser.close().catch(() => undefined);
  };
  return {
    page,
    kill: async () => {
      killTree(child, profile);
      await gone();
    },
    close: async () => {
      await endInOrder(browser);
      await gone();
    },
  };
}

async function readEndpoint({ stderr }: ChildProcess): Promise<string> {
  if (!stderr) throw new Error('Chromium has no output to read.');
  for await (const line of createInterface({ input: stderr })) {
    const endpoint = /DevTools listening on (ws:\/\/\S+)/.exec(line)?.[1];
    if (endpoint === undefined) continue;
    stderr.resume();
    return endpoint;
  }
  throw new Error('Chromium ended before it listened.');
}

async function endInOrder(browser: Browser): Promise<void> {
  const session = await browser.newBrowserCDPSession();
  await session.send('Browser.close').catch(() => undefined);
}

/** The group, and whatever of it began a group of its own: told by the profile in its command line. */
function killTree({ pid }: ChildProcess, profile: string): void {
  if (pid === undefined) return;
  killQuietly(-pid);
  for (const left of processesOf(profile)) killQuietly(left);
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'ESRCH') throw error;
  }
}

/** Linux tells command lines; elsewhere the group is all there is. */
function processesOf(profile: string): number[] {
  if (!existsSync('/proc/self/cmdline')) return [];
  const pids = readdirSync('/proc').map(Number).filter(Number.isInteger);
  return pids.filter((pid) => pid !== process.pid && commandLineOf(pid).includes(`--user-data-dir=${profile}`));
}

function commandLineOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { findFreePort } from '../replay/free-port.ts';
import type { SmokeBrowser } from './browser.ts';
import { findProgram } from './find-program.ts';

/** Debian and Ubuntu: `apt-get install webkit2gtk-driver xvfb`. */
const DRIVER = ['/usr/bin/WebKitWebDriver'];
const LIBRARIES = `/usr/lib/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu`;
const BROWSER = ['4.1', '4.0'].map((version) => `${LIBRARIES}/webkit2gtk-${version}/MiniBrowser`);
const XVFB = ['/usr/bin/Xvfb'];

const START_TRIES = 100;
const START_EVERY_MS = 100;
/** Displays below are a person's own. */
const FIRST_DISPLAY = 97;
const DISPLAYS_TRIED = 20;

/** The id under which WebDriver names an element (W3C WebDriver, 12.1). */
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

const answerShape = z.object({ value: z.unknown() });
const sessionShape = z.object({ sessionId: z.string(), capabilities: z.object({ browserVersion: z.string() }) });
const elementShape = z.object({ [ELEMENT]: z.string() });

/** WebKitGTK, the engine's port that runs on Linux, driven by the W3C's WebDriver. Safari and all browsers of iOS share its core. */
export async function startWebKit(folder: string): Promise<SmokeBrowser> {
  const driver = findProgram('WebKitWebDriver', DRIVER, 'webkit2gtk-driver');
  const binary = findProgram('MiniBrowser', BROWSER, 'webkit2gtk-driver');
  const screen = process.env.DISPLAY ? null : startScreen();
  const port = await findFreePort();
  const homes = { HOME: folder, XDG_DATA_HOME: join(folder, 'data'), XDG_CACHE_HOME: join(folder, 'cache') };
  const env = { ...process.env, ...homes, ...(screen && { DISPLAY: screen.display }) };
  const program = spawn(driver, [`--port=${port}`], { env, stdio: 'ignore' });
  const end = async () => {
    program.kill();
    screen?.process.kill();
  };
  try {
    return await openSession(`http://127.0.0.1:${port}`, binary, end);
  } catch (error) {
    await end();
    throw error;
  }
}

async function openSession(driver: string, binary: string, end: () => Promise<void>): Promise<SmokeBrowser> {
  const options = { binary, args: ['--automation'] };
  const wish = { capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': options } } };
  const answer = await untilUp(() => ask(`${driver}/session`, wish));
  const { sessionId, capabilities } = sessionShape.parse(answer);
  const at = `${driver}/session/${sessionId}`;
  const idOf = async (selector: string) =>
    elementShape.parse(await ask(`${at}/element`, { using: 'css selector', value: selector }))[ELEMENT];
  return {
    engine: `WebKitGTK ${capabilities.browserVersion}`,
    open: async (url) => void (await ask(`${at}/url`, { url })),
    reload: async () => void (await ask(`${at}/refresh`, {})),
    evaluate: async <Value>(expression: string) =>
      (await ask(`${at}/execute/sync`, { script: `return (${expression});`, args: [] })) as Value,
    click: async (selector) => void (await ask(`${at}/element/${await idOf(selector)}/click`, {})),
    type: async (text) => void (await ask(`${at}/element/${await idOf(':focus')}/value`, { text })),
    close: async () => {
      await ask(at, null, 'DELETE').catch(() => undefined);
      await end();
    },
  };
}

/** One command of WebDriver; throws with what the driver answers. */
async function ask(url: string, body: object | null, method = 'POST'): Promise<unknown> {
  const response = await fetch(url, { method, ...(body && { body: JSON.stringify(body) }) });
  const { value } = answerShape.parse(await response.json());
  if (!response.ok) throw new Error(`WebDriver ${new URL(url).pathname}: ${JSON.stringify(value)}`);
  return value;
}

async function untilUp<Value>(act: () => Promise<Value>): Promise<Value> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await act();
    } catch (error) {
      if (tries >= START_TRIES || !(error instanceof TypeError)) throw error;
      await sleep(START_EVERY_MS);
    }
  }
}

/** A screen that nobody sees, for machines without one. */
function startScreen(): { readonly display: string; readonly process: ChildProcess } {
  const places = Array.from({ length: DISPLAYS_TRIED }, (_, index) => FIRST_DISPLAY + index);
  const free = places.find((number) => !existsSync(`/tmp/.X${number}-lock`));
  if (free === undefined) throw new Error('Every display is taken.');
  const display = `:${free}`;
  const size = ['-screen', '0', '1280x900x24'];
  return { display, process: spawn(findProgram('Xvfb', XVFB, 'xvfb'), [display, ...size], { stdio: 'ignore' }) };
}

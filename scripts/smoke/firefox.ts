import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import WebSocket from 'ws';
import { z } from 'zod';
import { findFreePort } from '../replay/free-port.ts';
import type { SmokeBrowser } from './browser.ts';
import { findProgram } from './find-program.ts';

/** Debian and Ubuntu: `apt-get install firefox-esr`. */
const FIREFOX = ['/usr/bin/firefox-esr', '/usr/bin/firefox', '/snap/bin/firefox'];
const START_TRIES = 200;
const START_EVERY_MS = 100;

const answerShape = z.object({ id: z.number(), type: z.enum(['success', 'error']), result: z.unknown().optional() });
const sessionShape = z.object({ capabilities: z.object({ browserVersion: z.string() }) });
const treeShape = z.object({ contexts: z.array(z.object({ context: z.string() })).min(1) });
const evaluatedShape = z.object({ type: z.string(), result: z.object({ value: z.string() }).optional() });
const nodesShape = z.object({ nodes: z.array(z.object({ sharedId: z.string() })).min(1) });

type Send = (method: string, params: object) => Promise<unknown>;

/** A stock Firefox, driven by the W3C's WebDriver BiDi, which it speaks by itself. */
export async function startFirefox(folder: string): Promise<SmokeBrowser> {
  const program = findProgram('Firefox', FIREFOX, 'firefox-esr');
  const port = await findFreePort();
  const args = ['--headless', '--no-remote', '--profile', folder, `--remote-debugging-port=${port}`, 'about:blank'];
  const env = { ...process.env, HOME: folder };
  const browser = spawn(program, args, { env, stdio: 'ignore' });
  try {
    const socket = await connected(`ws://127.0.0.1:${port}/session`);
    return await openSession(senderOf(socket), async () => {
      const gone = once(browser, 'exit');
      browser.kill();
      await gone;
    });
  } catch (error) {
    browser.kill();
    throw error;
  }
}

async function openSession(send: Send, end: () => Promise<void>): Promise<SmokeBrowser> {
  const { capabilities } = sessionShape.parse(await send('session.new', { capabilities: {} }));
  const [tab] = treeShape.parse(await send('browsingContext.getTree', {})).contexts;
  const context = tab?.context ?? '';
  const act = (actions: object) => send('input.performActions', { context, actions: [actions] });
  const evaluate = async <Value>(expression: string): Promise<Value> => {
    const asked = { expression: `JSON.stringify(${expression})`, target: { context }, awaitPromise: true };
    const { result } = evaluatedShape.parse(await send('script.evaluate', asked));
    return (result === undefined ? undefined : JSON.parse(result.value)) as Value;
  };
  return {
    engine: `Firefox ${capabilities.browserVersion}`,
    open: async (url) => void (await send('browsingContext.navigate', { context, url, wait: 'complete' })),
    reload: async () => void (await send('browsingContext.reload', { context, wait: 'complete' })),
    evaluate,
    click: async (selector) => {
      const locator = { type: 'css', value: selector };
      const [node] = nodesShape.parse(await send('browsingContext.locateNodes', { context, locator })).nodes;
      await evaluate(`document.querySelector(${JSON.stringify(selector)}).scrollIntoView({ block: 'center' }) ?? null`);
      const origin = { type: 'element', element: node };
      const move = { type: 'pointerMove', x: 0, y: 0, origin };
      const press = ['pointerDown', 'pointerUp'].map((type) => ({ type, button: 0 }));
      await act({ type: 'pointer', id: 'mouse', actions: [move, ...press] });
    },
    type: async (text) => {
      const actions = [...text].flatMap((value) => ['keyDown', 'keyUp'].map((type) => ({ type, value })));
      await act({ type: 'key', id: 'keyboard', actions });
    },
    close: end,
  };
}

/** Sends a command and waits for its answer; rejects with what the browser says. */
function senderOf(socket: WebSocket): Send {
  const waiting = new Map<number, (answer: z.infer<typeof answerShape>, text: string) => void>();
  socket.on('message', (data) => {
    const text = String(data);
    // What is no answer is an event.
    const answer = answerShape.safeParse(JSON.parse(text));
    if (answer.success) waiting.get(answer.data.id)?.(answer.data, text);
  });
  let last = 0;
  return (method, params) =>
    new Promise((resolve, reject) => {
      last += 1;
      waiting.set(last, ({ id, type, result }, text) => {
        waiting.delete(id);
        if (type === 'success') resolve(result);
        else reject(new Error(`${method}: ${text}`));
      });
      socket.send(JSON.stringify({ id: last, method, params }));
    });
}

async function connected(url: string): Promise<WebSocket> {
  for (let tries = 1; ; tries += 1) {
    const socket = new WebSocket(url);
    try {
      await once(socket, 'open');
      return socket;
    } catch (error) {
      if (tries >= START_TRIES) throw error;
      await sleep(START_EVERY_MS);
    }
  }
}

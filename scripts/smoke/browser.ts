import { setTimeout as sleep } from 'node:timers/promises';

/** A browser of any engine, as far as the smoke run needs one. */
export interface SmokeBrowser {
  /** What the engine calls itself, e.g. `WebKitGTK 2.50.6`. */
  readonly engine: string;
  open(url: string): Promise<void>;
  reload(): Promise<void>;
  /** The value of an expression in the page, as JSON carries it. */
  evaluate<Value>(expression: string): Promise<Value>;
  /** A person's click in the middle of the first element of a CSS selector. */
  click(selector: string): Promise<void>;
  /** A person's typing, where the focus is. */
  type(text: string): Promise<void>;
  close(): Promise<void>;
}

/** Starts an engine's browser with a profile in `folder`; rejects with a sentence where it is not installed. */
export type StartBrowser = (folder: string) => Promise<SmokeBrowser>;

/** A slow machine is no failure. */
const WAIT_MS_MAX = 120_000;
const LOOK_EVERY_MS = 100;
const SHOWN_CHARACTERS = 400;

/** Waits until `expression` is true in the page; throws with `what` and what the page says otherwise. */
export async function waitUntil(browser: SmokeBrowser, what: string, expression: string): Promise<void> {
  const until = Date.now() + WAIT_MS_MAX;
  while (Date.now() < until) {
    // A page that is being loaded answers nothing.
    if (await browser.evaluate<boolean>(`Boolean(${expression})`).catch(() => false)) return;
    await sleep(LOOK_EVERY_MS);
  }
  const shown = await browser.evaluate<string>('document.body.innerText').catch(String);
  throw new Error(`${what}: this did not happen. The page says:\n${shown.slice(0, SHOWN_CHARACTERS)}`);
}

/** The selector of what tests know by this name. */
export const named = (testId: string) => `[data-testid="${testId}"]`;

/** Waits until something is shown, takes clicks, and nothing lies over it: a window that still closes does. */
export function waitFor(browser: SmokeBrowser, selector: string): Promise<void> {
  return waitUntil(
    browser,
    `${selector} can be clicked`,
    `((one) => {
      if (!one || one.disabled) return false;
      const { x, y, width, height } = one.getBoundingClientRect();
      const top = document.elementFromPoint(x + width / 2, y + height / 2);
      return top !== null && (one.contains(top) || top.contains(one));
    })(document.querySelector(${JSON.stringify(selector)}))`,
  );
}

/** Clicks on something as soon as it is there. */
export async function clickOn(browser: SmokeBrowser, selector: string): Promise<void> {
  await waitFor(browser, selector);
  await browser.click(selector);
}

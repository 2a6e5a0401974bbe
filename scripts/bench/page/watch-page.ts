import type { Sample } from '../till/till-round.ts';

/** Without a change for so long, an answer is whole. */
const QUIET_MS = 120;
/** Nothing that a cashier does may take longer: then the page is not the one that is measured. */
const WAIT_MS_MAX = 20_000;

/** Sees what changes in a part of the page. Times are `performance.now()`. */
export interface Watch {
  /** The last change before {@link QUIET_MS} without one. Throws when nothing changes at all within `msMax`. */
  lastChange(msMax?: number): Promise<Sample>;
  /** The moment an element with this test id is there. */
  until(testId: string): Promise<Sample>;
}

export function find(testId: string): HTMLElement {
  const element = findAll(testId)[0];
  if (!element) throw new Error(`Nothing on the page is called ${testId}.`);
  return element;
}

export function findAll(testId: string): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(`[data-testid="${testId}"]`)];
}

export function quiet(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, QUIET_MS));
}

/** Watches the screen, or the whole page with its dialogs. */
export function watch(part: 'main' | 'body'): Watch {
  const root = document.querySelector(part) ?? document.body;
  const whole = { childList: true, subtree: true, characterData: true, attributes: true };
  return {
    lastChange: (msMax = WAIT_MS_MAX) => lastChange(root, whole, msMax),
    until: (wanted) => appears(root, whole, wanted),
  };
}

function lastChange(root: Element, whole: MutationObserverInit, msMax: number): Promise<Sample> {
  return new Promise((resolve, reject) => {
    const last = { done: Number.NaN, shown: Number.NaN };
    let end = setTimeout(() => finish(), msMax);
    const finish = () => {
      observer.disconnect();
      if (Number.isNaN(last.shown)) reject(new Error(`Nothing changed in ${root.tagName} ${root.className}.`));
      else resolve(last);
    };
    const observer = new MutationObserver(() => {
      last.done = laidOut();
      clearTimeout(end);
      // Quiet counts from the frame on: on a busy machine one may take longer than that.
      afterFrame((at) => {
        last.shown = at;
        clearTimeout(end);
        end = setTimeout(finish, QUIET_MS);
      });
    });
    observer.observe(root, whole);
  });
}

function appears(root: Element, whole: MutationObserverInit, wanted: string): Promise<Sample> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`${wanted} did not appear.`)), WAIT_MS_MAX);
    const look = () => {
      if (findAll(wanted).length === 0) return;
      observer.disconnect();
      clearTimeout(late);
      const done = laidOut();
      afterFrame((shown) => resolve({ done, shown }));
    };
    const observer = new MutationObserver(look);
    observer.observe(root, whole);
    look();
  });
}

/** Reading a size lays the page out; then it is now. */
function laidOut(): number {
  void document.body.offsetHeight;
  return performance.now();
}

/** After the frame in which the change is painted was handed on. */
function afterFrame(tell: (at: number) => void): void {
  requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => tell(performance.now());
    port2.postMessage(null);
  });
}

import type { ScreenAct } from './screens.ts';

/** What a manager waited for. Times in milliseconds. */
export interface ScreenSample {
  /** From the touch until what was asked for is there and nothing more keeps the screen from answering. */
  readonly usable: number;
  /** Tasks that kept it for more than 50 ms, and the longest. */
  readonly longTasks: number;
  readonly longest: number;
  /** The longest time between two frames of a scroll; 0 where nothing scrolls. */
  readonly slowestFrame: number;
}

/**
 * Does one act in the app's own page and watches it. Runs inside the browser: it must not use anything from outside itself.
 */
export async function meterScreen(act: ScreenAct): Promise<ScreenSample> {
  const QUIET_MS = 300;
  const WAIT_MS_MAX = 60_000;
  const SCROLL_FRAMES = 60;
  const tasks: { readonly end: number; readonly duration: number }[] = [];
  const observer = new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) tasks.push({ end: startTime + duration, duration });
  });
  observer.observe({ type: 'longtask' });
  const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
  const seen = (selector: string): Element | null => document.querySelector(selector);
  const until = async (holds: () => boolean): Promise<number> => {
    for (const late = performance.now() + WAIT_MS_MAX; performance.now() < late; await frame()) {
      if (holds()) return performance.now();
    }
    throw new Error(`${act.name}: what was waited for did not come.`);
  };
  const begun = performance.now();
  if (act.page) location.hash = `#/${act.page}`;
  const isThere = () => act.page === undefined || seen(`main[data-page="${act.page}"]`) !== null;
  for (const selector of act.press ?? []) {
    await until(() => isThere() && seen(selector) !== null);
    (seen(selector) as HTMLElement).click();
  }
  if (act.choose) {
    const [selector, value] = act.choose;
    await until(() => isThere() && seen(`main ${selector}`) !== null);
    const field = seen(`main ${selector}`) as HTMLSelectElement;
    Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, 'value')?.set?.call(field, value);
    field.dispatchEvent(new Event('change', { bubbles: true }));
  }
  if (act.press || act.choose) await frame();
  let usable = await until(
    () => isThere() && seen(act.ready) !== null && seen('main .mantine-Loader-root, main [aria-busy="true"]') === null,
  );
  // What still runs behind the first picture keeps the next touch waiting.
  for (let calm = performance.now(); performance.now() - calm < QUIET_MS; await frame()) {
    const last = tasks.at(-1)?.end ?? 0;
    if (last > usable) [usable, calm] = [last, performance.now()];
  }
  const opening = [...tasks];
  let slowestFrame = 0;
  if (act.scrolls) {
    const row = seen(act.ready);
    let scroller = row?.parentElement ?? null;
    while (scroller && scroller.scrollHeight <= scroller.clientHeight + 1) scroller = scroller.parentElement;
    for (let step = 0, last = await frame(); scroller && step < SCROLL_FRAMES; step += 1) {
      scroller.scrollTop += step < SCROLL_FRAMES / 2 ? 400 : 4_000;
      const now = await frame();
      slowestFrame = Math.max(slowestFrame, now - last);
      last = now;
    }
  }
  observer.disconnect();
  const longest = Math.max(0, ...opening.map(({ duration }) => duration));
  return { usable: usable - begun, longTasks: opening.length, longest, slowestFrame };
}

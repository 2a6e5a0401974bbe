import { enrol } from '../../client/e2e/seat.ts';
import { openChromium } from './chromium.ts';
import { withEnds } from './peers/ends.ts';

/** The app after a restart of the browser, in milliseconds until a product can be tapped. */
export interface AppStart {
  /** From the moment the page's first script is there, before it runs. */
  readonly fromScripts: number;
  readonly fromNavigation: number;
}

const [PREPARE_MS_MAX, START_MS_MAX] = [240_000, 60_000];
const TILL = 'K2';

declare global {
  interface Window {
    laciTappableAt?: number;
  }
}

/** Enrols the app that ships in a profile, with all products, and leaves it kept for offline use. */
export function prepareApp(origin: string, profile: string, code: string, pin: string): Promise<void> {
  return withEnds('The app', PREPARE_MS_MAX, async (ends) => {
    const { page, close } = await openChromium(ends, profile);
    page.setDefaultTimeout(PREPARE_MS_MAX);
    await page.goto(`${origin}/?till=${TILL}`);
    await enrol({ page }, code, pin);
    await page.evaluate(async () => void (await navigator.serviceWorker.ready));
    // The worker answers for a page that was loaded after it.
    await page.reload();
    await page.getByTestId('product-tile').first().waitFor();
    await close();
  });
}

/** Starts a browser on the profile, without a network, and opens the app. */
export function restartApp(origin: string, profile: string): Promise<AppStart> {
  return withEnds('The app', START_MS_MAX, async (ends) => {
    const { page } = await openChromium(ends, profile);
    await page.context().setOffline(true);
    await page.addInitScript(watchForTiles);
    await page.goto(`${origin}/?till=${TILL}`);
    await page.waitForFunction(() => window.laciTappableAt !== undefined);
    return page.evaluate(readTimes);
  });
}

/** Runs in the page before any of its scripts. */
function watchForTiles(): void {
  const observer = new MutationObserver(() => {
    if (!document.querySelector('[data-testid="product-tile"]')) return;
    observer.disconnect();
    // Laid out: then it can be tapped.
    void document.body.offsetHeight;
    window.laciTappableAt = performance.now();
  });
  observer.observe(document, { childList: true, subtree: true });
}

function readTimes(): { fromScripts: number; fromNavigation: number } {
  const urls = new Set([...document.querySelectorAll<HTMLScriptElement>('script[src]')].map(({ src }) => src));
  const resources = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
  const first = resources.filter(({ name }) => urls.has(name)).map(({ responseEnd }) => responseEnd);
  const at = window.laciTappableAt ?? Number.NaN;
  return { fromScripts: at - Math.min(...first), fromNavigation: at };
}

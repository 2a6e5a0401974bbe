import type { Page } from '@playwright/test';
import { enrol } from '../../client/e2e/seat.ts';
import { openChromium } from './chromium.ts';
import { withEnds } from './peers/ends.ts';

/** The app after a restart of the browser, in milliseconds until a product can be tapped: it is drawn with its styles, and a tap on its place reaches it. */
export interface AppStart {
  /** From the moment the page's first script is there, before it runs. */
  readonly fromScripts: number;
  readonly fromNavigation: number;
  /** From the first script on, until the product that was tapped in that moment stands in the cart and on the screen. */
  readonly inCart: number;
}

const [PREPARE_MS_MAX, START_MS_MAX] = [240_000, 60_000];
/** How long a tap that was counted twice would have to show itself. */
const SETTLE_MS = 1_000;
const TILL = 'K2';

interface Tap {
  readonly product: string;
  readonly at: number;
  inCartAt?: number;
}

declare global {
  interface Window {
    laciTap?: Tap;
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
    await untilPictured(page);
    await page.waitForFunction(isTended, `laci-${TILL}--log`, { polling: 1_000 });
    await close();
  });
}

/** Runs in the page: whether each page of products that a log holds has its index, which the app makes a minute after they came. */
async function isTended(name: string): Promise<boolean> {
  const asked = <Value>(request: IDBRequest<Value>) =>
    new Promise<Value>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const database = await asked(indexedDB.open(name));
  const records = await asked(database.transaction('log').objectStore('log').getAll());
  database.close();
  const pages = records.filter(({ collection, form }) => collection.startsWith('products.') && form === 'answer');
  return pages.length > 0 && pages.every(({ index }) => index !== undefined);
}

/**
 * Starts a browser on the profile, without a network, opens the app, and taps the first product in the moment that it can be tapped. Throws unless the
 * cart then holds exactly that one; leaves it empty, and the screen as it rests.
 */
export function restartApp(origin: string, profile: string): Promise<AppStart> {
  return withEnds('The app', START_MS_MAX, async (ends) => {
    const { page, close } = await openChromium(ends, profile);
    await page.context().setOffline(true);
    await page.addInitScript(tapFirstTile);
    await page.goto(`${origin}/?till=${TILL}`);
    await page.waitForFunction(() => window.laciTap?.inCartAt !== undefined);
    await page.waitForTimeout(SETTLE_MS);
    const { product, lines, ...start } = await page.evaluate(readStart, `laci.cart.${TILL}`);
    if (JSON.stringify(lines) !== JSON.stringify([[product, 1]]))
      throw new Error(`One ${product} was tapped. The cart holds ${JSON.stringify(lines)}.`);
    await page.getByTestId('cart-clear').click();
    await untilPictured(page);
    await close();
    return start;
  });
}

/** Until the app has kept what the screen looks like at rest, which the next start shows. */
async function untilPictured(page: Page): Promise<void> {
  await page.waitForFunction((till) => {
    const picture = JSON.parse(localStorage.getItem(`laci.picture.${till}`) ?? '{}') as { cart?: string | null };
    return picture.cart === localStorage.getItem(`laci.cart.${till}`);
  }, TILL);
}

/** Runs in the page before any of its scripts: looks after every change, and with every frame. */
function tapFirstTile(): void {
  const look = () => (window.laciTap === undefined ? tap() : lookIntoCart(window.laciTap));
  const tap = () => {
    const tile = document.querySelector<HTMLElement>('[data-testid="product-tile"]');
    const styles = Array.from(document.querySelectorAll<HTMLLinkElement>('link[rel=stylesheet]'));
    if (!tile || styles.some(({ sheet }) => sheet === null)) return;
    const { left, top, width, height } = tile.getBoundingClientRect();
    const reached = document.elementFromPoint(left + width / 2, top + height / 2);
    if (!reached || !tile.contains(reached)) return;
    window.laciTap = { product: tile.dataset.product ?? '', at: performance.now() };
    (reached as HTMLElement).click();
  };
  const lookIntoCart = (tapped: Tap) => {
    if (!document.querySelector('#root [data-testid="cart-line"]')) return;
    changes.disconnect();
    // Laid out.
    void document.body.offsetHeight;
    tapped.inCartAt = performance.now();
  };
  const changes = new MutationObserver(look);
  changes.observe(document, { childList: true, subtree: true });
  const frame = () => {
    if (window.laciTap !== undefined) return;
    look();
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}

function readStart(cartKey: string): AppStart & { product: string; lines: [string, number][] } {
  const urls = new Set([...document.querySelectorAll<HTMLScriptElement>('script[src]')].map(({ src }) => src));
  const resources = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
  const first = Math.min(...resources.filter(({ name }) => urls.has(name)).map(({ responseEnd }) => responseEnd));
  const cart = JSON.parse(localStorage.getItem(cartKey) ?? '{"lines":[]}') as {
    lines: { productId: string; quantity: number }[];
  };
  const { product = '', at = Number.NaN, inCartAt = Number.NaN } = window.laciTap ?? {};
  return {
    fromScripts: at - first,
    fromNavigation: at,
    inCart: inCartAt - first,
    product,
    lines: cart.lines.map(({ productId, quantity }) => [productId, quantity]),
  };
}

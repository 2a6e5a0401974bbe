import type { Wire } from '../../client/e2e/wire.ts';
import { clickOn, named, type SmokeBrowser, waitFor, waitUntil } from './browser.ts';

interface SmokeShop {
  readonly wire: Wire;
  readonly till: string;
  readonly code: string;
  readonly person: string;
  readonly pin: string;
  /** A product of the shop, by its name. */
  readonly product: string;
}

export interface SmokeRun {
  readonly receipts: readonly string[];
  /** What the app's own trial says that this browser cannot do. */
  readonly cannot: readonly string[];
}

/** True once the service worker has everything; a page that was there before it is not in its hands yet. */
const KEPT = '(navigator.serviceWorker.ready.then(() => { window.laciKept = true; }), window.laciKept)';

/**
 * What a till must be able to do in any browser: enrol, sign in, sell for cash, start anew without the server, sell again, and hand in both
 * sales when the server is back. Tells `say` of each step.
 */
export async function sellOnce(browser: SmokeBrowser, shop: SmokeShop, say: (step: string) => void): Promise<SmokeRun> {
  await browser.open(`${shop.wire.origin}/?till=${shop.till}`);
  await enrol(browser, shop);
  say('enrolled, and everything was pulled');
  const first = await sell(browser, shop.product);
  say(`sold ${first}`);
  await waitUntil(browser, 'the app is kept for offline use', KEPT);
  shop.wire.cut();
  await browser.reload();
  await signIn(browser, shop);
  say('started anew without the server');
  const second = await sell(browser, shop.product);
  say(`sold ${second} offline`);
  shop.wire.mend();
  await allSent(browser);
  say('handed everything in');
  return { receipts: [first, second], cannot: await askAbilities(browser) };
}

async function enrol(browser: SmokeBrowser, shop: SmokeShop): Promise<void> {
  await clickOn(browser, named('enrol-code'));
  await browser.type(shop.code);
  await clickOn(browser, named('enrol-submit'));
  await signIn(browser, shop);
  await waitUntil(browser, 'synced', `/Synced|Sinkron /.test(${textOf('sync-age')})`);
}

/** A click on the person's name, and their PIN; a device that is open already is left as it is. */
async function signIn(browser: SmokeBrowser, { person, pin }: SmokeShop): Promise<void> {
  const door = `document.querySelector('${named('person-ask')}')`;
  await waitUntil(browser, 'the till opens', `${door} ?? ${textOf('person')}.includes('${person}')`);
  const asks = () => browser.evaluate<boolean>(`${door} !== null`);
  if (!(await asks())) return;
  const buttons = `[...${door}.querySelectorAll('button')]`;
  await browser.evaluate(`${buttons}.find((one) => one.innerText.includes('${person}')).click() ?? null`);
  await waitFor(browser, named('pin'));
  await browser.click(named('pin'));
  await browser.type(pin);
  await waitUntil(browser, `${person} is signed in`, `${door} === null`);
}

/** Sells one piece for exact cash and goes on to the next customer. */
async function sell(browser: SmokeBrowser, product: string): Promise<string> {
  await clickOn(browser, named('search-input'));
  await browser.type(product);
  const tile = named('product-tile');
  await waitUntil(
    browser,
    `${product} is found`,
    `document.querySelector('${tile}')?.innerText.includes('${product}')`,
  );
  await clickOn(browser, tile);
  await clickOn(browser, named('pay'));
  await clickOn(browser, named('confirm-pay'));
  const number = named('receipt-number');
  await waitFor(browser, number);
  const receipt = await browser.evaluate<string>(`document.querySelector('${number}').textContent.trim()`);
  await clickOn(browser, named('next-customer'));
  await waitUntil(browser, 'the receipt closes', `document.querySelector('${number}') === null`);
  return receipt;
}

/** Reads the table on the page of sync. */
async function askAbilities(browser: SmokeBrowser): Promise<readonly string[]> {
  await browser.evaluate(`(location.hash = '#/sync')`);
  const table = `document.querySelector('${named('abilities')}')`;
  await waitUntil(browser, 'the browser was tried', table);
  return browser.evaluate(
    `[...${table}.querySelectorAll('[data-found="false"]')].map(({ dataset }) => dataset.ability)`,
  );
}

function allSent(browser: SmokeBrowser): Promise<void> {
  const waiting = `document.querySelector('${named('waiting-count')}')?.dataset.waiting`;
  return waitUntil(browser, 'nothing waits for the server', `${waiting} === '0'`);
}

const textOf = (testId: string) => `(document.querySelector('${named(testId)}')?.textContent ?? '')`;

import { expect } from '@playwright/test';
import { PAGES } from '../app/areas.ts';
import { addToCart, goTo, sell } from './acts.ts';
import { findViolations } from './axe.ts';
import { enrol, test } from './seat.ts';
import { shopOfThisFile } from './shop.ts';

const shop = shopOfThisFile();
/** Many screens, each looked at twice. */
test.setTimeout(240_000);
const DIALOG = '[role="dialog"]';
test('[ACCESS1] every screen of a till passes axe in both themes', async ({ sit }) => {
  const seat = await sit(shop(), 'K1', { enrol: false });
  const { page } = seat;
  await page.getByTestId('enrol').waitFor();
  const found = await findViolations(page, 'enrol');
  await page.goto('about:blank');
  await page.goto(`${seat.wire.origin}/?till=K1#/enrol/${shop().code('K1')}`);
  await page.getByTestId('person-ask').waitFor();
  found.push(...(await findViolations(page, 'person', DIALOG)));
  await page.getByTestId('person-ask').getByRole('button').first().click();
  await page.getByTestId('product-tile').first().waitFor();
  await addToCart(page, 'Kopi Tubruk', 2);
  found.push(...(await findViolations(page, 'sell')));
  await page.getByTestId('stock-info').first().click();
  await page.getByTestId('stock-explanation').waitFor();
  found.push(...(await findViolations(page, 'stock explanation', DIALOG)));
  await page.keyboard.press('Escape');
  await page.getByTestId('pay').click();
  await page.getByTestId('pay-dialog').waitFor();
  found.push(...(await findViolations(page, 'pay', DIALOG)));
  await page.getByTestId('confirm-pay').click();
  await page.getByTestId('receipt').waitFor();
  found.push(...(await findViolations(page, 'receipt', DIALOG)));
  await page.getByTestId('next-customer').click();
  await page.keyboard.press('F1');
  await page.getByTestId('keys-help').waitFor();
  found.push(...(await findViolations(page, 'keys', DIALOG)));
  await page.keyboard.press('Escape');
  for (const name of PAGES.till.slice(1)) {
    await goTo(page, `/${name}`);
    await page.getByRole('heading').first().waitFor();
    found.push(...(await findViolations(page, name)));
  }
  expect(found).toEqual([]);
});

test('[ACCESS1] what stands before the first screen passes axe: the app that opens, and a second tab', async ({
  sit,
}) => {
  const seat = await sit(shop(), 'K4', { enrol: false, browser: { serviceWorkers: 'block' } });
  let letGo = () => {};
  const held = new Promise<void>((go) => {
    letGo = go;
  });
  await seat.page.route('**/enrol-door*', async (route) => {
    await held;
    await route.continue();
  });
  await seat.page.reload();
  await seat.page.getByTestId('opening').waitFor();
  const found = await findViolations(seat.page, 'opening');
  letGo();
  await enrol(seat, shop().code('K4'));
  const second = await seat.openTab();
  await second.getByTestId('held').waitFor();
  found.push(...(await findViolations(second, 'held')));
  expect(found).toEqual([]);
});

test('[ACCESS1] every screen of the office and the inspector passes axe in both themes', async ({ sit }) => {
  const [till, m] = await Promise.all([sit(shop(), 'K2'), sit(shop(), 'M1')]);
  await sell(till.page, 'Teh Melati');
  const found: string[] = [];
  for (const name of [...PAGES.office, ...PAGES.inspector]) {
    await goTo(m.page, `/${name}`);
    await m.page.getByRole('heading').first().waitFor();
    if (name === 'stock') await m.page.getByTestId('stock-row').first().click();
    if (name === 'products') await m.page.getByTestId('product-row').first().click();
    found.push(...(await findViolations(m.page, name)));
  }
  expect(found).toEqual([]);
});

test('[ACCESS1] on a phone the screens pass axe and nothing is wider than the screen', async ({ sit }) => {
  const { page } = await sit(shop(), 'K3', { browser: { viewport: { width: 390, height: 844 }, hasTouch: true } });
  await addToCart(page, 'Kopi Tubruk');
  const found = await findViolations(page, 'phone sell');
  await page.getByTestId('cart-bar').click();
  await page.getByTestId('cart').waitFor();
  found.push(...(await findViolations(page, 'phone cart', DIALOG)));
  await page.keyboard.press('Escape');
  await goTo(page, '/sync');
  found.push(...(await findViolations(page, 'phone sync')));
  expect(found).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});

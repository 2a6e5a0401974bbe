import { expect, type Page } from '@playwright/test';
import { addToCart, goTo, pay } from './acts.ts';
import { findViolations } from './axe.ts';
import { signIn, test, typePin } from './seat.ts';
import { shopOfThisFile } from './shop.ts';

/** What stands on a counter: the customer's display, the kiosk, a phone; and what a browser must be able to do. */
const shop = shopOfThisFile({ pins: true });
const PHONE = { width: 360, height: 740 };
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1';

test('[DSP1] [DSP2] [DSP4] [DSP5] the customer sees the cart grow, the total and the change, offline and after reloads', async ({
  sit,
}) => {
  const seat = await sit(shop(), 'K1');
  const { page } = seat;
  const found: string[] = [];
  await page.getByTestId('settings-menu').click();
  await page.getByTestId('open-display').click();
  await page.getByRole('radiogroup').getByText('Bahasa Indonesia').click();
  found.push(...(await findViolations(page, 'display dialog', '[role="dialog"]')));
  const opened = seat.context.waitForEvent('page');
  await page.getByTestId('display-open').click();
  const display = await opened;
  await expect(display.getByTestId('display')).toHaveAttribute('data-shows', 'idle');
  await expect(display.getByText('Selamat datang')).toBeVisible();
  await expect(display.getByTestId('display-clock')).toHaveText(/^\d\d\.\d\d$/);
  found.push(...(await findViolations(display, 'idle display')));
  await seat.cutOff();
  await addToCart(page, 'Kopi Tubruk', 2);
  await expect(display.getByTestId('display-lines')).toContainText('Kopi Tubruk');
  await expect(display.getByTestId('display-total')).toHaveText('Rp 25.000');
  found.push(...(await findViolations(display, 'display of a cart')));
  await display.clock.install();
  await display.reload();
  await expect(display.getByTestId('display-total')).toHaveText('Rp 25.000');
  await page.reload();
  await expect(display.getByTestId('display-total')).toHaveText('Rp 25.000');
  await page.getByTestId('pay').click();
  await page.getByTestId('cash-given').fill('30000');
  await expect(display.getByTestId('display')).toHaveAttribute('data-shows', 'paying');
  await page.getByTestId('confirm-pay').click();
  await expect(display.getByTestId('display-change')).toHaveText('Rp 5.000');
  await expect(display.locator('body')).not.toContainText('Budi');
  found.push(...(await findViolations(display, 'thanks')));
  await askByQris(page);
  await expect(display.getByTestId('display-qris')).toBeVisible();
  found.push(...(await findViolations(display, 'display of a code')));
  await page.getByTestId('next-customer').click();
  await expect(display.getByTestId('display')).toHaveAttribute('data-shows', 'idle');
  await addToCart(page, 'Kopi Tubruk');
  await expect(display.getByTestId('display')).toHaveAttribute('data-shows', 'cart');
  await page.close();
  await display.clock.runFor(20_000);
  await expect(display.getByTestId('display')).toHaveAttribute('data-shows', 'idle');
  await expect(display.getByText('Toko Laci').first()).toBeVisible();
  expect(found).toEqual([]);
});

test('[KIOSK1] [KIOSK3] a kiosk covers the till after a reload, and a cashier leaves it only with a manager', async ({
  sit,
}) => {
  const { page } = await sit(shop(), 'K2');
  await page.keyboard.press('Alt+k');
  const found = await findViolations(page, 'kiosk dialog', '[role="dialog"]');
  await page.getByTestId('kiosk-begin').click();
  await expect.poll(() => page.evaluate(() => document.fullscreenElement !== null)).toBe(true);
  await expect(page.getByTestId('kiosk-fill')).toBeHidden();
  await page.getByTestId('person').click();
  await signIn(page, 'Sari');
  await page.reload();
  await expect(page.getByTestId('kiosk-fill')).toBeVisible();
  found.push(...(await findViolations(page, 'kiosk cover', '[role="dialog"]')));
  await page.getByTestId('kiosk-fill').click();
  await expect(page.getByTestId('kiosk-fill')).toBeHidden();
  await addToCart(page, 'Teh Melati');
  await page.keyboard.press('Alt+k');
  await typePin(page, 'Budi');
  await expect.poll(() => page.evaluate(() => document.fullscreenElement !== null)).toBe(false);
  await expect(page.getByTestId('kiosk-fill')).toBeHidden();
  expect(found).toEqual([]);
});

test('[KEY3] [KEY4] [ABLE6] a phone has every screen of the rail, says who is there, and shows receipts first', async ({
  sit,
}) => {
  const { page } = await sit(shop(), 'K3', { browser: { viewport: PHONE } });
  await expect(page.getByTestId('person')).toContainText('Budi');
  await expect(page.getByTestId('page-sync')).toBeHidden();
  expect(await isWithin(page, 'page-more')).toBe(true);
  await offerInstall(page);
  await page.getByTestId('settings-menu').click();
  await expect(page.getByTestId('install')).toBeVisible();
  await expect(page.getByTestId('install-notice')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await page.getByTestId('page-more').click();
  await page.getByTestId('page-sync').click();
  await expect(page.locator('main[data-page="sync"]')).toBeVisible();
  await expect(page.getByTestId('install-notice')).toBeVisible();
  await page.getByTestId('install-later').click();
  await expect(page.getByTestId('install-notice')).toHaveCount(0);
  await expect(page.getByTestId('page-more')).toContainText('Sync');
  await page.keyboard.press('Alt+Shift+1');
  await expect(page.locator('main[data-page="sell"]')).toBeFocused();
  await addToCart(page, 'Kopi Tubruk');
  await page.getByTestId('cart-bar').click();
  await pay(page);
  await page.getByTestId('next-customer').click();
  await goTo(page, '/receipts');
  expect(await isWithin(page, 'receipt-row')).toBe(true);
});

test('[ABLE1] [ABLE2] [ABLE3] before a device enrols, its browser is looked at', async ({ sit }) => {
  const seat = await sit(shop(), 'K4', { enrol: false, browser: { userAgent: IPHONE } });
  const { page, context } = seat;
  await page.goto('about:blank');
  await page.goto(`${seat.wire.origin}/?till=K4#/enrol/${shop().code('K4')}`);
  await expect(page.getByTestId('home-screen-first')).toContainText(shop().code('K4'));
  const found = await findViolations(page, 'home screen first');
  await page.getByTestId('enrol-anyway').click();
  await signIn(page);
  await goTo(page, '/sync');
  await expect(page.getByTestId('missing-abilities')).toContainText('A camera to scan with');
  expect(await page.locator('[data-ability="indexedDb"][data-found="true"]').count()).toBe(1);
  await context.addInitScript(() => Object.defineProperty(navigator, 'locks', { value: undefined }));
  const poor = await seat.openTab();
  await expect(poor.getByTestId('cannot-be-till')).toContainText('Web Locks');
  found.push(...(await findViolations(poor, 'cannot be a till')));
  expect(found).toEqual([]);
});

test('[ABLE5] the manifest names icons, pictures and shortcuts, and each is there', async ({ request }) => {
  const at = (path: string) => request.get(`${shop().origin}${path}`);
  const { icons, screenshots, shortcuts } = await (await at('/manifest.webmanifest')).json();
  const kinds = icons.map((icon: { sizes: string; purpose?: string }) => `${icon.sizes} ${icon.purpose ?? 'any'}`);
  expect(kinds).toEqual(expect.arrayContaining(['192x192 any', '512x512 any', '512x512 maskable']));
  expect(screenshots.map((one: { form_factor: string }) => one.form_factor)).toEqual(['wide', 'narrow']);
  expect(shortcuts).not.toEqual([]);
  for (const { src } of [...icons, ...screenshots])
    expect((await at(src)).headers()['content-type']).toMatch(/^image\//);
});

/** As a browser says it that could put the app among the programs. */
function offerInstall(page: Page): Promise<void> {
  return page.evaluate(() => {
    const event = new Event('beforeinstallprompt', { cancelable: true });
    window.dispatchEvent(Object.assign(event, { prompt: () => Promise.resolve() }));
  });
}

/** As the till says it while a phone is asked; which code that is [QRIS4] proves. */
function askByQris(page: Page): Promise<void> {
  return page.evaluate(() => {
    const show = { at: 'qris', code: '00020101021226', merchant: 'Toko Laci', amount: 25_000 };
    const shop = { name: 'Toko Laci', branch: '' };
    const currency = { code: 'IDR', digits: 0 };
    const state = { language: 'id', scheme: 'auto', shop, currency, show };
    new BroadcastChannel('laci.display.K1').postMessage({ type: 'show', state });
  });
}

/** Whether the first of these is wholly in view without scrolling. */
function isWithin(page: Page, testId: string): Promise<boolean> {
  return page
    .getByTestId(testId)
    .first()
    .evaluate((one) => {
      const { top, bottom, left, right } = one.getBoundingClientRect();
      return top >= 0 && left >= 0 && bottom <= innerHeight && right <= innerWidth;
    });
}

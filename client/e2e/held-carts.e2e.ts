import { expect, type Page } from '@playwright/test';
import { addToCart, expectAllSent, expectConnection, goTo, pay } from './acts.ts';
import { findViolations } from './axe.ts';
import { test } from './seat.ts';
import { shopOfThisFile } from './shop.ts';

const shop = shopOfThisFile();

async function hold(page: Page, name: string): Promise<void> {
  await page.getByTestId('held-open').click();
  await page.getByTestId('held-name').fill(name);
  await page.getByTestId('held-hold').click();
  await expect(page.getByTestId('cart-line')).toHaveCount(0);
}

async function open(page: Page, name: string): Promise<void> {
  await page.getByTestId('held-open').click();
  await page.getByTestId('held-row').filter({ hasText: name }).getByTestId('held-take').click();
  await expect(page.getByTestId('held-dialog')).toHaveCount(0);
}

const lines = (page: Page) => page.getByTestId('cart-line');

test('[DRF17] [DRF12] a cart is held on one till and opened on another; what both add while apart is there on both', async ({
  sit,
}) => {
  const [a, b] = await Promise.all([sit(shop(), 'K1'), sit(shop(), 'K2')]);
  await addToCart(a.page, 'Kopi Tubruk', 2);
  await hold(a.page, 'Ibu Sari');
  await open(b.page, 'Ibu Sari');
  await expect(lines(b.page)).toContainText(['Kopi Tubruk']);
  await open(a.page, 'Ibu Sari');

  await Promise.all([a.cutOff(), b.cutOff()]);
  await expectConnection(a.page, 'offline');
  await addToCart(a.page, 'Teh Melati');
  await addToCart(b.page, 'Produk 010', 3);
  await addToCart(b.page, 'Kopi Tubruk');
  await addToCart(a.page, 'Kopi Tubruk');
  await Promise.all([a.bringBack(), b.bringBack()]);
  for (const { page } of [a, b]) {
    await expect(lines(page)).toHaveCount(3, { timeout: 45_000 });
    await expect(page.getByTestId('held-mark')).toContainText('K1, K2');
  }
  await a.page.getByTestId('held-looked').click();
  for (const { page } of [a, b]) await expect(page.getByTestId('held-mark')).toHaveCount(0, { timeout: 15_000 });

  await pay(a.page);
  await expect(b.page.getByTestId('paid-elsewhere')).toContainText('K1', { timeout: 15_000 });
  await b.page.getByTestId('elsewhere-close').click();
  await expect(lines(b.page)).toHaveCount(0);
});

test('[DRF19] [DRF8] two tills pay one cart while apart: both sales stand, and both tills and the manager are told', async ({
  sit,
}) => {
  const [a, b, m] = await Promise.all([sit(shop(), 'K3'), sit(shop(), 'K4'), sit(shop(), 'M1', { path: '/sales' })]);
  await addToCart(a.page, 'Kopi Tubruk');
  await hold(a.page, 'Pak Joko');
  await open(b.page, 'Pak Joko');
  await open(a.page, 'Pak Joko');
  await Promise.all([a.cutOff(), b.cutOff()]);
  const [first, second] = [await pay(a.page), await pay(b.page)];
  await a.bringBack();
  await expectAllSent(a.page);
  await b.bringBack();
  for (const { page } of [a, b, m]) {
    const notice = page.getByTestId('notice-sold-twice');
    await expect(notice).toContainText(first, { timeout: 45_000 });
    await expect(notice).toContainText(second);
  }
  await expect(m.page.getByTestId('sold-twice-refund')).toContainText(second);
});

test('[DRF19] what was added to a cart that another till was paid for goes into a new one', async ({ sit }) => {
  const [a, b] = await Promise.all([sit(shop(), 'K5'), sit(shop(), 'K6')]);
  await addToCart(a.page, 'Kopi Tubruk');
  await hold(a.page, 'Meja 4');
  await open(b.page, 'Meja 4');
  await open(a.page, 'Meja 4');
  await b.cutOff();
  await addToCart(b.page, 'Teh Melati', 2);
  await pay(a.page);
  await b.bringBack();
  await expect(b.page.getByTestId('paid-elsewhere')).toContainText('Teh Melati', { timeout: 45_000 });
  await b.page.getByTestId('elsewhere-keep').click();
  await expect(lines(b.page)).toHaveCount(1);
  await expect(lines(b.page)).toContainText('Teh Melati');
});

test('[DRF17] [STATE15] [TILL20] [KEY4] a held cart can be saved to a file, is there after a reload with no network at all, and opens by keyboard', async ({
  sit,
}) => {
  const a = await sit(shop(), 'K7');
  await a.page.evaluate(() => navigator.serviceWorker.ready);
  await addToCart(a.page, 'Teh Melati', 2);
  await a.cutOff();
  await a.page.keyboard.press('F3');
  await a.page.keyboard.type('Bu Tini');
  expect(await findViolations(a.page, 'held carts')).toEqual([]);
  await a.page.keyboard.press('Enter');
  await expect(lines(a.page)).toHaveCount(0);
  await goTo(a.page, '/sync');
  await expect(a.page.getByTestId('rescue-waiting')).toBeEnabled();
  await goTo(a.page, '/sell');
  await a.page.reload();
  await a.page.getByTestId('held-open').click();
  await expect(a.page.getByTestId('held-row')).toContainText('Bu Tini');
  expect(await findViolations(a.page, 'held carts')).toEqual([]);
  await a.page.getByTestId('held-take').press('Enter');
  await expect(lines(a.page)).toContainText(['Teh Melati']);
  await a.page.setViewportSize({ width: 360, height: 740 });
  await a.page.getByTestId('cart-bar').press('Enter');
  for (const [opener, window] of [
    ['held-open', 'held-dialog'],
    ['pay', 'pay-dialog'],
  ] as const) {
    await a.page.getByTestId(opener).press('Enter');
    await expect(a.page.getByTestId(window)).toBeVisible();
    await a.page.keyboard.press('Escape');
    await expect(a.page.getByTestId(window)).toBeHidden();
    await expect(a.page.getByTestId(opener)).toBeFocused();
    await expect(lines(a.page)).toContainText(['Teh Melati']);
  }
  // However far down money was taken, the receipt begins with the change.
  await a.page.setViewportSize({ width: 360, height: 560 });
  await pay(a.page);
  await expect(a.page.getByTestId('receipt').getByRole('status').first()).toBeInViewport({ ratio: 1 });
});

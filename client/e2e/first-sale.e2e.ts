import { expect } from '@playwright/test';
import { addToCart, pay } from './acts.ts';
import { signIn, test } from './seat.ts';
import { shopOfThisFile } from './shop.ts';

const shop = shopOfThisFile({ demo: true });
/** All products take some ten seconds. */
const LINE_BYTES_PER_SECOND = 80_000;

test('[TILL4] a new till gets 20,000 products and makes its first sale', async ({ sit }) => {
  const { page } = await sit(shop(), 'K1');
  await page.getByTestId('search-input').fill('granola');
  await expect(page.getByTestId('product-tile').first()).toContainText(/granola/i);
  await page.getByTestId('product-tile').first().click();
  await page.getByTestId('search-input').fill('');
  await expect(page.getByTestId('product-grid').locator('li').first()).toHaveAttribute('aria-setsize', '20000');
  await addToCart(page, 'green tea');
  expect(await pay(page)).toBe('K1-1-1');
  await expect(page.getByTestId('receipt').getByTestId('safety')).toHaveText('Safe on the server');
});

test('[SYNC3] a first sync shows how far it is, and goes on where it stopped after a reload', async ({ sit }) => {
  const seat = await sit(shop(), 'K2', { enrol: false });
  const { page, wire } = seat;
  // The app is on the disk; what is slow is the line that the shop's products come over.
  await page.evaluate(() => navigator.serviceWorker.ready);
  wire.slow(LINE_BYTES_PER_SECOND);
  await page.getByTestId('enrol-code').fill(shop().code('K2'));
  await page.getByTestId('enrol-submit').click();
  await signIn(page);
  const progress = page.getByTestId('sync-age').getByText(/[\d,]+ of 20,000 products/);
  const done = async () =>
    Number(/([\d,]+) of 20,000 products/.exec((await progress.textContent()) ?? '')?.[1]?.replace(/,/g, '') ?? 0);
  await expect.poll(done, { timeout: 30_000 }).toBeGreaterThan(0);
  // What the grid shows is on disk; what was fetched runs ahead of it, and the checkpoint a few pages behind.
  const first = page.getByTestId('product-grid').locator('li').first();
  const kept = async () => Number(await first.getAttribute('aria-setsize'));
  await expect.poll(kept, { timeout: 30_000, intervals: [50] }).toBeGreaterThan(6_000);
  await seat.cutOff();
  await page.reload();
  await expect.poll(kept).toBeGreaterThan(6_000);
  await seat.bringBack();
  await expect.poll(done, { timeout: 30_000, intervals: [50] }).toBeGreaterThan(3_000);
  wire.slow(null);
  await expect(page.getByTestId('sync-age')).toContainText('Synced', { timeout: 60_000 });
  await expect(page.getByTestId('product-grid').locator('li').first()).toHaveAttribute('aria-setsize', '20000');
});

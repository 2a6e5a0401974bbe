import { mkdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { chromium, type Page } from '@playwright/test';
import { signIn } from '../client/e2e/seat.ts';
import { startShop } from '../client/e2e/shop.ts';
import { findChromium } from './bench/chromium.ts';

/** Makes the pictures of the README from the real app: `npm run pictures`. Needs a built app in dist/. */

const FOLDER = resolve(import.meta.dirname, '../docs/pictures');
/** A README that loads slowly is not read. */
const PICTURE_BYTES_MAX = 200 * 1024;
const SYNC_MS_MAX = 120_000;
const VIEW = { width: 1280, height: 760 };

const shop = await startShop({ demo: true });
const browser = await chromium.launch({
  executablePath: findChromium(),
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
try {
  mkdirSync(FOLDER, { recursive: true });
  const context = await browser.newContext({
    viewport: VIEW,
    locale: 'en-GB',
    colorScheme: 'light',
    reducedMotion: 'reduce',
  });
  const till = await enrolled(await context.newPage(), 'K1');
  const other = await enrolled(await context.newPage(), 'K2');
  const manager = await enrolled(await context.newPage(), 'M1');
  for (const page of [till, other, till, other]) await sellSome(page);
  await picture(till, 'till', takeTill);
  await picture(manager, 'office-stock', takeStock);
  await picture(manager, 'inspector', takeInspector);
} finally {
  await browser.close();
  await shop.stop();
}

/** Enrols this page as a till and waits until everything has been pulled. */
async function enrolled(page: Page, till: string): Promise<Page> {
  await page.goto(`${shop.origin}/?till=${till}#/enrol/${shop.code(till)}`);
  await signIn(page, 'Sari');
  await page.getByTestId('sync-age').getByText('Synced').waitFor({ timeout: SYNC_MS_MAX });
  return page;
}

async function sellSome(page: Page): Promise<void> {
  await search(page, 'green tea');
  for (const index of [0, 1, 1]) await page.getByTestId('product-tile').nth(index).click();
  await page.getByTestId('pay').click();
  await page.getByTestId('confirm-pay').click();
  await page.getByTestId('next-customer').click();
}

async function search(page: Page, text: string): Promise<void> {
  await page.getByTestId('search-input').fill(text);
  await page
    .getByTestId('product-tile')
    .filter({ hasText: new RegExp(text, 'i') })
    .first()
    .waitFor();
}

async function takeTill(page: Page): Promise<void> {
  await search(page, 'chocolate');
  for (const index of [1, 2, 2, 5]) await page.getByTestId('product-tile').nth(index).click();
  await page.mouse.move(0, 0);
}

async function takeStock(page: Page): Promise<void> {
  await page.goto(`${shop.origin}/?till=M1#/stock`);
  await page.getByTestId('office-search').fill('green tea');
  await page
    .getByTestId('stock-row')
    .filter({ hasText: /green tea/i })
    .nth(1)
    .click();
  await page.locator('[data-testid="stock-part"][data-till="K2"]').waitFor();
  await page.mouse.move(0, 0);
}

async function takeInspector(page: Page): Promise<void> {
  await page.goto(`${shop.origin}/?till=M1#/inspector`);
  await page.getByTestId('collection-branchJournal').waitFor();
}

async function picture(page: Page, name: string, prepare: (page: Page) => Promise<void>): Promise<void> {
  const path = join(FOLDER, `${name}.png`);
  await page.bringToFront();
  await prepare(page);
  await page.screenshot({ path });
  const { size } = statSync(path);
  process.stdout.write(`${path} ${Math.round(size / 1024)} kB\n`);
  if (size > PICTURE_BYTES_MAX) throw new Error(`${name}.png has ${size} bytes; at most ${PICTURE_BYTES_MAX}.`);
}

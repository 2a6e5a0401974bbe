import { expect } from '@playwright/test';
import { addToCart, goTo, pay, sell } from './acts.ts';
import { test } from './seat.ts';
import { shopOfThisFile } from './shop.ts';

const shop = shopOfThisFile();

test('[TILL8] a second tab offers to take over; the first can then only look', async ({ sit }) => {
  const { page, openTab } = await sit(shop(), 'K1');
  expect(await sell(page, 'Kopi Tubruk')).toBe('K1-1-1');
  const second = await openTab('/sell');
  await expect(second.getByTestId('held')).toBeVisible();
  await second.getByTestId('take-over').click();
  await expect(page.getByTestId('read-only')).toBeVisible();
  await addToCart(second, 'Kopi Tubruk');
  expect(await pay(second)).toBe('K1-1-2');

  await page.getByTestId('product-tile').first().click();
  await expect(page.getByTestId('message')).toContainText('Another tab');
});

test('[TILL8] the tab that lost can take the till back', async ({ sit }) => {
  const { page, openTab } = await sit(shop(), 'K2');
  const second = await openTab('/sell');
  await second.getByTestId('take-over').click();
  await page.getByTestId('read-only').getByTestId('take-over').click();
  await expect(second.getByTestId('read-only')).toBeVisible();
  await expect(page.getByTestId('read-only')).toBeHidden();
  expect(await sell(page, 'Teh Melati')).toBe('K2-1-1');
});

test('[LANG3] the language changes at once, and is remembered', async ({ sit }) => {
  const { page } = await sit(shop(), 'K3');
  await page.getByTestId('settings-menu').click();
  await page.getByTestId('language-id').click();
  await expect(page.getByTestId('pay')).toHaveText('Bayar');
  await expect(page.locator('html')).toHaveAttribute('lang', 'id');
  await page.reload();
  await expect(page.getByTestId('page-sell')).toHaveText('Jual');
  await goTo(page, '/receipts');
  await expect(page.getByText('Belum ada struk')).toBeVisible();
});

test('[ROLE1] two tills of one browser share nothing', async ({ sit }) => {
  const first = await sit(shop(), 'K4');
  await addToCart(first.page, 'Kopi Tubruk');
  const other = await first.context.newPage();
  await other.goto(`${first.wire.origin}/?till=K5`);
  await expect(other.getByTestId('enrol')).toBeVisible();
  await other.getByTestId('enrol-code').fill(shop().code('K5'));
  await other.getByTestId('enrol-submit').click();
  await other.getByTestId('person-ask').getByRole('button').first().click();
  await expect(other.getByTestId('till-code')).toHaveText('K5');
  await expect(other.getByTestId('cart-line')).toHaveCount(0);
  await expect(other.getByTestId('area-office')).toHaveCount(0);
});

import { expect } from '@playwright/test';
import { addToCart, pay } from './acts.ts';
import { test } from './seat.ts';
import { shopOfThisFile } from './shop.ts';

const shop = shopOfThisFile({ demo: true });

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

import { expect } from '@playwright/test';
import { test } from './seat.ts';
import { shopOfThisFile } from './shop.ts';

const shop = shopOfThisFile({ demo: true });
/** Tiles in view at this window, and the rows drawn ahead: four columns of at most twelve rows. */
const DRAWN_MAX = 60;

test('[CAT8] 20,000 products scroll from first to last with a screenful of tiles', async ({ sit }) => {
  const { page } = await sit(shop(), 'K1');
  const tiles = page.getByTestId('product-tile');
  await expect(page.getByTestId('product-grid').locator('li').first()).toHaveAttribute('aria-setsize', '20000');
  const drawn: number[] = [];
  for (const part of [0, 0.25, 0.5, 0.75, 1]) {
    await page.getByTestId('product-grid').evaluate((grid, share) => grid.scrollTo(0, grid.scrollHeight * share), part);
    await expect.poll(() => tiles.count()).toBeGreaterThan(8);
    drawn.push(await tiles.count());
  }
  expect(Math.max(...drawn)).toBeLessThanOrEqual(DRAWN_MAX);
  await expect(page.locator('li[aria-posinset="20000"]')).toBeVisible();
});

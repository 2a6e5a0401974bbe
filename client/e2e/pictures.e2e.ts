import { expect } from '@playwright/test';
import { addToCart, goTo, tileOf } from './acts.ts';
import { findViolations } from './axe.ts';
import { test } from './seat.ts';
import { shopOfThisFile } from './shop.ts';

const shop = shopOfThisFile();
/** The smallest PNG: one pixel. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

test('[IMG4] a picture that a manager chooses is drawn anew, and shows on the tills’ tiles, offline too', async ({
  sit,
}) => {
  const [till, m] = await Promise.all([sit(shop(), 'K1'), sit(shop(), 'M1')]);
  await goTo(m.page, '/products');
  await m.page.getByTestId('office-search').fill('Teh Melati');
  await m.page.getByTestId('product-row').first().click();
  const choose = async (name: string, mimeType: string, buffer: Buffer) => {
    const chooser = m.page.waitForEvent('filechooser');
    await m.page.getByTestId('picture-choose').click();
    await (await chooser).setFiles({ name, mimeType, buffer });
  };
  await choose('teh.png', 'image/png', Buffer.from('no picture'));
  await expect(m.page.getByTestId('message')).toContainText('no picture');
  await choose('teh.png', 'image/png', PNG);
  await expect(m.page.getByTestId('edit-state').first()).toHaveAttribute('data-state', 'accepted');
  await till.page.getByTestId('search-input').fill('Teh Melati');
  const picture = tileOf(till.page, 'Teh Melati').locator('img');
  await expect(picture).toHaveAttribute('src', /^\/images\/[0-9a-f]{64}$/);
  const type = await till.page.evaluate(
    async (src) => (await fetch(src)).headers.get('content-type'),
    (await picture.getAttribute('src')) ?? '',
  );
  expect(type).toBe('image/webp');
});

test('[ACCESS1] the windows over the cart pass axe in both themes', async ({ sit }) => {
  const { page } = await sit(shop(), 'K2');
  const found: string[] = [];
  await addToCart(page, 'Kopi Tubruk');
  for (const [key, test] of [
    ['F6', 'customer-input'],
    ['F7', 'note'],
    ['F8', 'apply'],
    ['F9', 'open-name'],
    ['F10', 'camera'],
  ] as const) {
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await page.keyboard.press(key);
    await page.getByTestId(test).waitFor({ state: 'attached' });
    found.push(...(await findViolations(page, key, '[role="dialog"]')));
    await page.keyboard.press('Escape');
  }
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.locator('[data-cart-line]').first().click();
  await page.getByTestId('line-price').waitFor();
  found.push(...(await findViolations(page, 'line', '[role="dialog"]')));
  expect(found).toEqual([]);
});

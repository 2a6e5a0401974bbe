import { expect } from '@playwright/test';
import { addToCart, goTo, sell, tileOf } from './acts.ts';
import { findViolations } from './axe.ts';
import { test } from './seat.ts';
import { shopOfThisFile } from './shop.ts';

const shop = shopOfThisFile();
const TICKET = 'Kopi Tubruk';
const SOLD_OUT = 'Sabun Mandi';

test('[ALT3] a limited product is sold out of the share of its till, and what went below nothing is shown with who took it', async ({
  sit,
}) => {
  const [k, m] = await Promise.all([sit(shop(), 'K1'), sit(shop(), 'M1', { path: '/products' })]);

  await test.step('a manager marks a product as limited, and the till is given its share', async () => {
    await m.page.getByTestId('office-search').fill(TICKET);
    await m.page.getByTestId('product-row').first().click();
    await m.page.getByTestId('edit-limited').check();
    await m.page.getByTestId('edit-save').click();
    await k.page.getByTestId('search-input').fill(TICKET);
    await expect(tileOf(k.page, TICKET)).toContainText('20 for this till');
  });

  await test.step('offline more than the share is refused before payment, in a sentence', async () => {
    await k.cutOff();
    await addToCart(k.page, TICKET, 21);
    await k.page.getByTestId('pay').click();
    await expect(k.page.getByTestId('pay-fault')).toContainText(`This till holds 20 of ${TICKET}`);
    await k.page.getByTestId('cart-clear').click();
    await k.bringBack();
  });

  await test.step('the explanation says what is left, and asks for more', async () => {
    await k.page.getByTestId('search-input').fill(TICKET);
    await k.page.getByTestId('stock-info').first().click();
    await expect(k.page.getByTestId('share-left')).toContainText('20 of this till’s share left');
    await expect(async () => {
      await k.page.getByTestId('share-ask').click();
      await expect(k.page.getByTestId('share-said')).toContainText('This till may sell 21 now');
    }).toPass();
    expect(await findViolations(k.page, 'share', '[role=dialog]')).toEqual([]);
    await k.page.keyboard.press('Escape');
  });

  await test.step('[STK15] what was sold below nothing is named, with the till and its receipt', async () => {
    const receipt = await sell(k.page, SOLD_OUT, 2);
    await goTo(m.page, '/limits');
    const row = m.page.getByTestId('below-row').filter({ hasText: SOLD_OUT });
    await expect(row.getByTestId('below-taker')).toContainText(receipt);
    await expect(row.getByTestId('below-taker')).toContainText('K1');
  });

  await test.step('[EXC8] what waits for a person names it too, and leads there', async () => {
    await goTo(m.page, '/exceptions');
    const below = m.page.getByTestId('elsewhere-below');
    await expect(below).toContainText(SOLD_OUT);
    expect(await findViolations(m.page, 'exceptions')).toEqual([]);
    await below.getByRole('link').click();
    await expect(m.page.getByTestId('below-row').first()).toBeVisible();
  });

  await test.step('[ALT7] the manager sees who holds what, and writes off what is lost', async () => {
    const holder = m.page.locator('[data-testid="holder"][data-till="K1"]');
    await expect(holder).toContainText('21');
    expect(await findViolations(m.page, 'limits')).toEqual([]);
    await k.cutOff();
    await holder.getByTestId('write-off').click();
    await m.page.getByTestId('write-off-now').click();
    await expect(m.page.getByTestId('message')).toContainText('It is free again');
    await expect(m.page.getByTestId('limited-product')).toContainText('40 free');
  });
});

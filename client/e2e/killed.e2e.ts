import { expect, type Page } from '@playwright/test';
import { addToCart, expectAllSent, goTo, pay } from './acts.ts';
import { type Seat, test } from './seat.ts';
import { shopOfThisFile } from './shop.ts';

const shop = shopOfThisFile();

/** Ends the tab's process the hard way: no handler runs, nothing is tidied up. */
async function kill({ context, page }: Seat): Promise<void> {
  const session = await context.newCDPSession(page);
  const crashed = page.waitForEvent('crash');
  session.send('Page.crash').catch(() => undefined);
  await crashed;
  await page.close();
}

/** The receipts listed on this device, newest first. */
async function listedReceipts(page: Page): Promise<(string | null)[]> {
  await goTo(page, '/receipts');
  const rows = page.getByTestId('receipt-row');
  await rows.first().waitFor();
  return rows.evaluateAll((all) => all.map((row) => row.getAttribute('data-receipt')));
}

test('[TILL3] a tab killed right after payment has the sale once, here and at the server', async ({ sit }) => {
  const [a, m] = await Promise.all([sit(shop(), 'K1'), sit(shop(), 'M1', { path: '/sales' })]);
  await addToCart(a.page, 'Kopi Tubruk', 2);
  const receipt = await pay(a.page);
  await kill(a);

  const again = await a.openTab('/sell');
  await expect(again.getByTestId('cart-line')).toHaveCount(0);
  expect(await listedReceipts(again)).toEqual([receipt]);
  await expectAllSent(again);
  const rows = m.page.getByTestId('sale-row');
  await expect(rows).toHaveCount(1);
  await expect(rows).toHaveAttribute('data-receipt', receipt);
});

test('[TILL2] killed while offline, the sale is on disk and reaches the server later, once', async ({ sit }) => {
  const [a, b] = await Promise.all([sit(shop(), 'K2'), sit(shop(), 'K3')]);
  await a.page.evaluate(() => navigator.serviceWorker.ready);
  await a.cutOff();
  await addToCart(a.page, 'Teh Melati', 1);
  const receipt = await pay(a.page);
  await kill(a);

  const again = await a.openTab('/sell');
  expect(await listedReceipts(again)).toEqual([receipt]);
  await a.bringBack();
  await expectAllSent(again);
  await expect(async () => {
    await goTo(b.page, '/receipts');
    await b.page.getByTestId('receipt-find').fill(receipt);
    await b.page.getByTestId('receipt-find').press('Enter');
    await expect(b.page.getByTestId('receipt')).toBeVisible({ timeout: 1_000 });
  }).toPass();
});

test('[I14] the cart of a sale that was just written is closed when the app opens again', async ({ sit }) => {
  const a = await sit(shop(), 'K4');
  await addToCart(a.page, 'Produk 020');
  const kept = await a.page.evaluate(() => localStorage.getItem('laci.cart.K4'));
  await pay(a.page);
  // As if the tab had died between the sale and the emptying of the cart.
  await a.page.evaluate((cart) => localStorage.setItem('laci.cart.K4', cart ?? ''), kept);
  await a.page.reload();
  await expect(a.page.getByTestId('message')).toContainText('sold already');
  await expect(a.page.getByTestId('cart-line')).toHaveCount(0);
});

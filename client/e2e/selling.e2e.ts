import { expect, type Page } from '@playwright/test';
import { addToCart, expectStock, goTo, pay, receiptNumber, scan, scanProduct, sell, tileOf } from './acts.ts';
import { rowNamed } from './catalogue.ts';
import { test } from './seat.ts';
import { shopOfThisFile } from './shop.ts';

const shop = shopOfThisFile();

test('[TILL6] a scan goes into the cart from anywhere; an unknown barcode changes nothing and is named', async ({
  sit,
}) => {
  const { page } = await sit(shop(), 'K1');
  await scanProduct(page, 'Kopi Tubruk');
  await tileOf(page, 'Produk 001').focus();
  await scanProduct(page, 'Kopi Tubruk');
  await page.getByTestId('search-input').focus();
  await scanProduct(page, 'Teh Melati');
  await expect(page.getByTestId('cart-line')).toHaveCount(2);
  await expect(page.getByTestId('cart-total')).toHaveText(/33,000$/);
  await expect(page.getByTestId('search-input')).toHaveValue('');

  await scan(page, '4006381333931');
  await expect(page.getByTestId('message')).toContainText('4006381333931');
  await expect(page.getByTestId('cart-total')).toHaveText(/33,000$/);

  await pay(page);
  await scanProduct(page, 'Teh Melati');
  await expect(page.getByTestId('receipt')).toBeHidden();
  await expect(page.getByTestId('cart-line')).toHaveCount(1);
});

test('[TILL9] [TILL21] [TILL22] [TILL23] [KEY4] the keyboard alone finds, adds, counts and pays', async ({ sit }) => {
  const { page } = await sit(shop(), 'K2');
  await page.keyboard.press('/');
  await page.keyboard.type('Kopi Tub', { delay: 90 });
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('cart-line')).toHaveCount(1);
  await page.keyboard.press('F2');
  await page.keyboard.press('+');
  await page.keyboard.press('+');
  await expect(page.getByTestId('cart-total')).toHaveText(/37,500$/);
  await page.keyboard.press('F4');
  await expect(page.getByTestId('cash-given')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.locator('[data-cart-line]')).toBeFocused();
  await page.keyboard.press('F4');
  await expect(page.getByTestId('cash-given')).toBeFocused();
  await page.keyboard.type('50000', { delay: 90 });
  await expect(page.getByTestId('cash-given')).toHaveValue('50,000');
  await expect(page.getByTestId('change')).toHaveText(/12,500$/);
  await page.keyboard.press('Enter');
  expect(await receiptNumber(page)).toBe('K2-1-1');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('receipt')).toBeHidden();
  await expect(page.getByTestId('cart-line')).toHaveCount(0);
  await page.keyboard.type('produk', { delay: 90 });
  await page.keyboard.press('ArrowDown');
  expect(Number(await pressAtOnce(page, 'End'))).toBeGreaterThan(20);
  await page.keyboard.press('Enter');
  await page.keyboard.press('F4');
  await expect(page.getByTestId('cash-given')).toBeFocused();
  await page.keyboard.press('Enter');
  expect(await receiptNumber(page)).toBe('K2-1-2');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('search-input')).toBeFocused();
  await expect(page.getByTestId('search-input')).toHaveValue('');
});

/** Which tile has the focus before anything else can happen. */
function pressAtOnce(page: Page, key: string): Promise<string | undefined> {
  return page.evaluate((pressed) => {
    const event = new KeyboardEvent('keydown', { key: pressed, bubbles: true, cancelable: true });
    document.activeElement?.dispatchEvent(event);
    return (document.activeElement as HTMLElement | null)?.dataset.productTile;
  }, key);
}

test('[TILL7] the open cart survives a reload', async ({ sit }) => {
  const { page } = await sit(shop(), 'K3');
  await addToCart(page, 'Produk 050', 2);
  const total = (await page.getByTestId('cart-total').textContent()) ?? '';
  await page.reload();
  await expect(page.getByTestId('cart-line')).toHaveCount(1);
  await expect(page.getByTestId('cart-total')).toHaveText(total);
});

test('[MON3] weight, a discount on a line and one on the whole make the total that is paid', async ({ sit }) => {
  const { page } = await sit(shop(), 'K4');
  await scanProduct(page, 'Beras Pandan');
  await page.getByTestId('line-quantity').fill('1.5');
  await page.getByText('Percent').click();
  await page.getByTestId('discount-input').fill('10');
  await page.getByTestId('apply').click();
  await expect(page.getByTestId('cart-total')).toHaveText(/18,900$/);
  await page.getByTestId('sale-discount').click();
  await page.getByRole('dialog').getByText('Amount').click();
  await page.getByTestId('discount-input').fill('900');
  await page.getByTestId('apply').click();
  await expect(page.getByTestId('cart-total')).toHaveText(/18,000$/);
  await pay(page);
  await expect(page.getByTestId('receipt')).toContainText('1.500 kg');
  await expect(page.getByTestId('receipt')).toContainText(/Total\s*Rp\s*18,000/);
});

test('[TILL6] what has no stock is said in words, and is sold all the same', async ({ sit }) => {
  const { page } = await sit(shop(), 'K5');
  await expectStock(page, 'Sabun Mandi', 'None left');
  await sell(page, 'Sabun Mandi');
  await expectStock(page, 'Sabun Mandi', 'Stock -1');
});

test('[TILL6] what was taken out of the cart can be put back', async ({ sit }) => {
  const { page } = await sit(shop(), 'K6');
  await addToCart(page, 'Produk 060', 2);
  await addToCart(page, 'Produk 061');
  await page.getByTestId('cart-clear').click();
  await expect(page.getByTestId('cart-line')).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByTestId('cart-line')).toHaveCount(2);
});

test('[TILL10] one of three pieces comes back, and then no more than the other two', async ({ sit }) => {
  const { page } = await sit(shop(), 'K7');
  const receipt = await sell(page, 'Produk 070', 3);
  const price = rowNamed('Produk 070').price.toLocaleString('en-GB');
  await goTo(page, '/receipts');
  await page.getByTestId('receipt-find').fill(receipt);
  await page.getByTestId('receipt-find').press('Enter');
  await page.getByTestId('start-refund').click();
  await page.getByRole('button', { name: 'One more Produk 070' }).click();
  await page.getByTestId('refund-confirm').click();
  await expect(page.getByText('Write why')).toBeVisible();
  await page.getByTestId('refund-reason').fill('damaged');
  await page.getByTestId('refund-confirm').click();
  await expect(page.getByTestId('receipt')).toContainText(new RegExp(`Total back\\s*Rp\\s*${price}`));
  await expect(page.getByTestId('receipt')).toContainText(`Refund of ${receipt}`);
  await page.getByTestId('next-customer').click();

  await page.getByTestId('receipt-row').filter({ hasText: receipt }).click();
  await page.getByTestId('start-refund').click();
  await expect(page.getByTestId('refund-form')).toContainText('already back 1');
  await page.getByTestId('refund-all').click();
  await expect(page.getByRole('button', { name: 'One more Produk 070' })).toBeDisabled();
});

test('[TILL13] goods that arrive and a count that differs move the stock', async ({ sit }) => {
  const { page } = await sit(shop(), 'K8');
  await goTo(page, '/receive');
  await scanProduct(page, 'Produk 080');
  await page.getByTestId('move-amount').fill('24');
  await page.getByTestId('move-save').click();
  await expect(page.getByTestId('message')).toContainText('Written');
  await goTo(page, '/adjust');
  await scanProduct(page, 'Produk 080');
  await expect(page.getByTestId('move-amount')).toHaveValue('44');
  await page.getByTestId('move-amount').fill('40');
  await page.getByTestId('move-text').fill('counted');
  await page.getByTestId('move-save').click();
  await expect(page.getByTestId('message')).toContainText('Written');
  await goTo(page, '/sell');
  await expectStock(page, 'Produk 080', 'Stock 40');
});

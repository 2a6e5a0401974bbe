import { expect, type Page } from '@playwright/test';
import { goTo, receiptNumber, scanProduct } from './acts.ts';
import { signIn, test, typePin } from './seat.ts';
import { shopOfThisFile } from './shop.ts';

/** With the demo's people come its customers and its QRIS; 20,000 products would only be waited for. */
const shop = shopOfThisFile({ pins: true });

const choose = (page: Page, tender: string) => page.getByTestId(`tender-${tender}`).click();
const nextCustomer = async (page: Page) => {
  await page.getByTestId('next-customer').click();
  await expect(page.getByTestId('receipt')).toBeHidden();
};
async function chooseCustomer(page: Page, name: string): Promise<void> {
  await page.getByTestId('tool-customer').click();
  await page.getByTestId('customer-input').fill(name);
  await page.getByTestId('customer-choice').filter({ hasText: name }).first().click();
}

test('[PAY4] a QRIS payment made offline waits, and is confirmed on another till when both are back', async ({
  sit,
}) => {
  const seat = await sit(shop(), 'K1');
  const { page } = seat;
  const other = await sit(shop(), 'K2', { path: '/unconfirmed' });
  await seat.cutOff();
  await scanProduct(page, 'Kopi Tubruk');
  await page.getByTestId('pay').click();
  await choose(page, 'qris');
  await page.getByTestId('ask-pay').click();
  await expect(page.getByTestId('qris-code')).toHaveAttribute('data-text', /^000201010212.*5303360540/);
  await page.getByTestId('qris-paid').click();
  const receipt = await receiptNumber(page);
  await nextCustomer(page);
  await seat.bringBack();
  const row = other.page.getByTestId('unconfirmed-row').filter({ hasText: receipt });
  await row.getByTestId('confirm-reference').fill('RRN 123456');
  await row.getByTestId('confirm-payment').click();
  await expect(row).toHaveCount(0);
  await goTo(page, '/unconfirmed');
  await expect(page.getByTestId('unconfirmed-row').filter({ hasText: receipt })).toHaveCount(0);
});

test('[CRD6] a sale on store credit is owed everywhere, and what is paid back is owed less', async ({ sit }) => {
  const { page } = await sit(shop(), 'K3');
  await scanProduct(page, 'Kopi Tubruk');
  await page.getByTestId('pay').click();
  await choose(page, 'credit');
  await expect(page.getByTestId('credit-no-customer')).toBeVisible();
  await page.keyboard.press('Escape');
  await chooseCustomer(page, 'Pak Agus');
  await page.getByTestId('pay').click();
  await choose(page, 'credit');
  const then = await page.getByTestId('credit-then').locator('strong').textContent();
  await page.getByTestId('credit-pay').click();
  await nextCustomer(page);
  await goTo(page, '/credit');
  const row = page.getByTestId('credit-row').filter({ hasText: 'Pak Agus' });
  await expect(row.getByTestId('account-text')).toContainText(`owes ${then}`);
  await row.getByTestId('pay-back').click();
  await page.getByTestId('pay-back-save').click();
  await expect(row).toHaveCount(0);
});

test('[CRD6] a cashier needs a PIN for store credit, and above the limit that is what it says, before anything is taken', async ({
  sit,
}) => {
  const { page } = await sit(shop(), 'K4', { enrol: false });
  await page.getByTestId('enrol-code').fill(shop().code('K4'));
  await page.getByTestId('enrol-submit').click();
  await signIn(page, 'Sari');
  await scanProduct(page, 'Kopi Tubruk');
  await page.getByTestId('cart-line').getByText('Kopi Tubruk').first().click();
  await page.getByTestId('line-quantity').fill('60');
  await page.getByTestId('apply').click();
  await chooseCustomer(page, 'Maya');
  await page.getByTestId('pay').click();
  await choose(page, 'credit');
  await expect(page.getByTestId('credit-then')).toContainText('Above the limit of Rp 50,000');
  await page.getByTestId('credit-pay').click();
  await expect(page.getByTestId('approval')).toContainText('owe more than the limit');
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('pay-dialog')).toBeVisible();
  await page.getByTestId('credit-pay').click();
  await page.getByTestId('approval').getByTestId('pin').waitFor();
  await typePin(page, 'Budi');
  expect(await receiptNumber(page)).toBe('K4-1-1');
});

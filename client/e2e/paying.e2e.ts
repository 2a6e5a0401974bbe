import { expect, type Page } from '@playwright/test';
import { addToCart, expectAllSent, goTo, pay, receiptNumber } from './acts.ts';
import { findViolations } from './axe.ts';
import { type Seat, test } from './seat.ts';
import { shopOfThisFile } from './shop.ts';

const shop = shopOfThisFile();
/** As a person types, and no scanner. */
const SLOWLY = { delay: 90 };

/** Chooses a tender in the open payment. */
const choose = (page: Page, tender: string) => page.getByTestId(`tender-${tender}`).click();
const nextCustomer = async (page: Page) => {
  await page.getByTestId('next-customer').click();
  await expect(page.getByTestId('receipt')).toBeHidden();
};

test('[PAY8] a sale is split over cash, card and QRIS by the keyboard alone', async ({ sit }) => {
  const { page } = await sit(shop(), 'K1');
  await addToCart(page, 'Kopi Tubruk', 4);
  await page.keyboard.press('F4');
  await expect(page.getByTestId('cash-given')).toBeFocused();
  await page.keyboard.type('10000', SLOWLY);
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('pay-left')).toHaveText(/40,000$/);
  await page.keyboard.press('F7');
  await expect(page.getByTestId('part-amount')).toBeFocused();
  await page.keyboard.type('25000', SLOWLY);
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('card-last4')).toBeFocused();
  await page.keyboard.type('4111111111111111', SLOWLY);
  await expect(page.getByText('Type the last four digits only')).toBeVisible();
  await page.keyboard.press('Control+A');
  await page.keyboard.type('4321', SLOWLY);
  await page.keyboard.press('Tab');
  await page.keyboard.type('004217', SLOWLY);
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('pay-left')).toHaveText(/15,000$/);
  await page.keyboard.press('F8');
  await expect(page.getByTestId('part-amount')).toBeFocused();
  await page.keyboard.press('Enter');
  // Without a code of its own the shop's printed one serves: nothing is refused.
  await expect(page.getByTestId('qris-none')).toBeVisible();
  await page.keyboard.press('Enter');
  expect(await receiptNumber(page)).toBe('K1-1-1');
  await expect(page.getByTestId('receipt-marks')).toContainText('not yet confirmed');
});

test('[PAY3] [F23] what was taken before the till died is offered again, part for part, until its sale is written', async ({
  sit,
}) => {
  const { page } = await sit(shop(), 'K2');
  await addToCart(page, 'Kopi Tubruk', 2);
  await page.getByTestId('pay').click();
  await choose(page, 'card');
  await page.getByTestId('part-amount').fill('20000');
  await page.getByTestId('ask-pay').click();
  await expect(page.getByTestId('pay-card')).toBeVisible();
  // The terminal takes the money, and the till dies before anybody can say so.
  await page.reload();
  await expect(page.getByTestId('pay-card')).toContainText('20,000');
  await page.getByTestId('card-last4').fill('4321');
  await page.getByTestId('card-paid').click();
  await expect(page.getByTestId('pay-left')).toHaveText(/5,000$/);
  await page.reload();
  await expect(page.getByTestId('pay-taken')).toContainText('GPN •••• 4321');
  await page.keyboard.press('Escape');
  await page.getByTestId('pay-resume').click();
  await page.getByTestId('confirm-pay').click();
  expect(await receiptNumber(page)).toBe('K2-1-1');
  await nextCustomer(page);
  await expect(page.getByTestId('pay-reminder')).toBeHidden();
  await page.reload();
  await expect(page.getByTestId('cart-line')).toHaveCount(0);
  await expect(page.getByTestId('pay-dialog')).toHaveCount(0);
});

test('[PAY3] a payment is given back before the end, and then nothing is kept', async ({ sit }) => {
  const { page } = await sit(shop(), 'K3');
  await addToCart(page, 'Kopi Tubruk');
  await page.getByTestId('pay').click();
  await page.getByTestId('cash-given').fill('5000');
  await page.getByTestId('confirm-pay').click();
  await page.getByTestId('give-back').click();
  await expect(page.getByTestId('pay-taken')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('pay-reminder')).toHaveCount(0);
});

test('[PAY3] [DRF19] money taken for a cart that another till was paid for is given back, and the till sells on', async ({
  sit,
}) => {
  const [a, b] = await Promise.all([sit(shop(), 'K5'), sit(shop(), 'K6')]);
  await addToCart(a.page, 'Kopi Tubruk');
  await a.page.getByTestId('held-open').click();
  await a.page.getByTestId('held-name').fill('Meja 4');
  await a.page.getByTestId('held-hold').click();
  for (const { page } of [b, a]) {
    await page.getByTestId('held-open').click();
    await page.getByTestId('held-take').click();
    await expect(page.getByTestId('held-dialog')).toHaveCount(0);
  }
  await b.page.getByTestId('pay').click();
  await b.page.getByTestId('cash-given').fill('5000');
  await b.page.getByTestId('confirm-pay').click();
  await expect(b.page.getByTestId('pay-taken')).toBeVisible();
  await b.page.keyboard.press('Escape');
  await pay(a.page);
  await b.page.getByTestId('elsewhere-close').click({ timeout: 15_000 });
  await addToCart(b.page, 'Kopi Tubruk');
  await b.page.getByTestId('pay').click();
  await expect(b.page.getByTestId('pay-fault-text')).toContainText('Another till was already paid');
  await b.page.getByTestId('give-back').click();
  await expect(b.page.getByTestId('pay-dialog')).toHaveCount(0);
  await expect(b.page.getByTestId('pay-reminder')).toHaveCount(0);
  await pay(b.page);
});

test('[PAY6] [PAY7] a sale is found by its amount and a wrong tender is corrected', async ({ sit }) => {
  const { page } = await sit(shop(), 'K7');
  await addToCart(page, 'Kopi Tubruk', 7);
  const receipt = await pay(page);
  await nextCustomer(page);
  await goTo(page, '/receipts');
  await page.getByTestId('find-amount').fill('87500');
  await page.getByTestId('find-receipts').click();
  await expect(page.getByTestId('receipt-row')).toHaveCount(1);
  await page.getByTestId('receipt-row').click();
  await page.getByTestId('start-correct').click();
  await page.getByTestId('correct-qris').click();
  await page.getByTestId('correct-save').click();
  await expect(page.getByTestId('correct-form')).toHaveCount(0);
  await page.getByTestId('receipt-row').click();
  await expect(page.getByTestId('receipt-marks')).toContainText('Corrected to QRIS');
  await expect(page.getByTestId('receipt')).toContainText(receipt);
  await page.getByTestId('next-customer').click();
  await page.getByTestId('find-amount').fill('1');
  await page.getByTestId('find-receipts').click();
  await expect(page.getByTestId('find-fault')).toBeVisible();
});

test('[PAY12] [TILL24] a payment that two tills corrected apart is named on both, and put right from there', async ({
  sit,
}) => {
  const [a, b] = await Promise.all([sit(shop(), 'K10'), sit(shop(), 'K11')]);
  await addToCart(a.page, 'Kopi Tubruk', 3);
  const receipt = await pay(a.page);
  await nextCustomer(a.page);
  await expectAllSent(a.page);
  await findReceipt(b, receipt);
  await expect(b.page.getByTestId('receipt')).toContainText('Safe on the server');
  await findReceipt(a, receipt);
  await Promise.all([a.cutOff(), b.cutOff()]);
  for (const [{ page }, tender] of [
    [a, 'card'],
    [b, 'qris'],
  ] as const) {
    await page.getByTestId('start-correct').click();
    await expect(page.getByTestId('correct-form')).toContainText('Cash Rp 37,500');
    await page.getByTestId(`correct-${tender}`).click();
    await page.getByTestId('correct-save').click();
    await expect(page.getByTestId('correct-form')).toHaveCount(0);
  }
  await Promise.all([a.bringBack(), b.bringBack()]);
  for (const { page } of [a, b]) {
    await expect(page.getByTestId('notice-corrected-twice')).toContainText(receipt, { timeout: 45_000 });
    expect(await findViolations(page, 'corrected twice', '[data-testid="notice-corrected-twice"]')).toEqual([]);
  }
  await b.page.getByTestId('correct-again').click();
  await b.page.getByTestId('correct-cash').click();
  await b.page.getByTestId('correct-save').click();
  await expect(b.page.getByTestId('message')).toContainText(receipt);
});

/** Opens a receipt by its number, once this till has heard of it. */
async function findReceipt({ page }: Seat, receipt: string): Promise<void> {
  await goTo(page, '/receipts');
  await expect(async () => {
    await page.getByTestId('receipt-find').fill(receipt);
    await page.getByTestId('receipt-find').press('Enter');
    await expect(page.getByTestId('receipt')).toBeVisible({ timeout: 1_000 });
  }).toPass();
}

test('[QRIS7] [RND2] a manager sets rounding and the code; a till rounds what is paid in cash', async ({ sit }) => {
  const manager = await sit(shop(), 'M1', { path: '/paying' });
  await expect(manager.page.getByTestId('qris-text')).toBeVisible();
  await manager.page.getByTestId('qris-text').fill('00020101');
  await expect(manager.page.getByTestId('save-paying')).toBeDisabled();
  await manager.page.getByTestId('qris-text').fill('');
  await manager.page.getByText('1,000', { exact: false }).first().click();
  await manager.page.getByText('Down', { exact: true }).click();
  await manager.page.getByTestId('save-paying').click();
  await expect(manager.page.getByTestId('paying-said')).toContainText('Saved');
  const { page } = await sit(shop(), 'K8');
  await addToCart(page, 'Kopi Tubruk');
  await page.getByTestId('pay').click();
  await expect(page.getByTestId('cash-rounded')).toContainText('12,000');
  await choose(page, 'qris');
  await page.getByTestId('ask-pay').click();
  await expect(page.getByTestId('qris-none')).toBeVisible();
  await page.getByTestId('not-paid').click();
  await choose(page, 'cash');
  await page.getByTestId('confirm-pay').click();
  await expect(page.getByTestId('receipt')).toContainText('12,000');
});

test('[TILL17] a held Enter pays once, and leaves the change on the screen', async ({ sit }) => {
  const { page } = await sit(shop(), 'K9');
  await addToCart(page, 'Kopi Tubruk');
  await page.getByTestId('pay').click();
  await expect(page.getByTestId('cash-given')).toBeFocused();
  await page.keyboard.down('Enter');
  const receipt = await receiptNumber(page);
  // As a key that is still held sends it.
  for (let repeat = 0; repeat < 5; repeat += 1) await page.keyboard.down('Enter');
  await expect(page.getByTestId('receipt')).toBeVisible();
  await page.keyboard.up('Enter');
  await page.getByTestId('next-customer').click();
  await goTo(page, '/receipts');
  await expect(page.getByTestId('receipt-row').filter({ hasText: receipt })).toHaveCount(1);
});
